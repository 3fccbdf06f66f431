package dev.rensa.explorer.observe;

import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.codec.ByteReader;
import dev.rensa.protocol.codec.MalformedException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Reads packed blocks and holds them against what their headers commit to. */
final class BlockPages {

    private BlockPages() {}

    /**
     * Decodes blocks that lie one behind the other.
     *
     * @param fromHeight height that the first one must have
     * @throws NodeTroubleException if they are malformed, do not link, or bear other transactions than their headers say
     */
    static List<Block> decode(byte[] packed, long fromHeight, URI node) throws NodeTroubleException {
        List<Block> blocks = new ArrayList<>();
        try {
            ByteReader reader = new ByteReader(packed);
            while (reader.remaining() > 0) {
                Block block = Block.read(reader);
                boolean links = blocks.isEmpty()
                        || block.header().parent().equals(blocks.getLast().hash());
                if (block.height() != fromHeight + blocks.size() || !links) {
                    throw new NodeTroubleException("the blocks that " + node + " sent are no chain");
                }
                if (!block.computedRoot().equals(block.header().transactionsRoot())) {
                    throw new NodeTroubleException("the node at " + node + " sent block " + block.hash()
                            + " with other transactions than it has");
                }
                blocks.add(block);
            }
        } catch (MalformedException e) {
            throw new NodeTroubleException("the blocks that " + node + " sent cannot be read: " + e.getMessage(), e);
        }
        return blocks;
    }
}
