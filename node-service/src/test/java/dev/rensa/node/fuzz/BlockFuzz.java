package dev.rensa.node.fuzz;

import dev.rensa.protocol.block.Block;

/** Whole blocks. */
public final class BlockFuzz {
    private BlockFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        FuzzCheck.roundTrip(input, BlockFuzz::decode, Block::toBytes);
    }

    private static Block decode(byte[] bytes) {
        Block block = Block.decode(bytes);
        if (block.size() != bytes.length) {
            throw new AssertionError("a block of " + bytes.length + " bytes that says " + block.size());
        }
        Block.transactionsRoot(block.transactions());
        return block;
    }
}
