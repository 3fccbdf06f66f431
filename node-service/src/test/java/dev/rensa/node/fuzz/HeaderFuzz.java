package dev.rensa.node.fuzz;

import dev.rensa.protocol.block.BlockHeader;
import dev.rensa.protocol.work.Work;

/** Block headers, and the work that their targets stand for. */
public final class HeaderFuzz {
    private HeaderFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        FuzzCheck.roundTrip(input, HeaderFuzz::decode, BlockHeader::toBytes);
    }

    private static BlockHeader decode(byte[] bytes) {
        BlockHeader header = BlockHeader.decode(bytes);
        if (Work.ofTarget(header.target()).value().signum() <= 0) {
            throw new AssertionError("a header without work: " + header);
        }
        return header;
    }
}
