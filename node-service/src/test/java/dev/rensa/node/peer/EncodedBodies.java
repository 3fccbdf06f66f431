package dev.rensa.node.peer;

import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.codec.ByteReader;
import dev.rensa.protocol.codec.ByteWriter;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.transaction.Transaction;
import java.util.List;

/** Bodies as tests speak of them: by their transactions. */
public final class EncodedBodies {

    private EncodedBodies() {}

    public static EncodedBody of(BlockHash block, List<Transaction> transactions) {
        ByteWriter writer = new ByteWriter(1_024);
        Block.writeBody(writer, transactions);
        return new EncodedBody(block, writer.toBytes());
    }

    public static EncodedBody of(Block block) {
        return of(block.hash(), block.transactions());
    }

    public static List<Transaction> transactions(EncodedBody body) {
        return ByteReader.decodeAll(body.transactions(), Block::readBody);
    }
}
