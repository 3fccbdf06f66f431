package dev.rensa.node.peer;

import dev.rensa.node.peer.Message.BlockTransactions;
import dev.rensa.node.peer.Message.CompactBlock;
import dev.rensa.node.peer.Message.GetBlockTransactions;
import dev.rensa.node.peer.Message.Prefilled;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.block.BlockHeader;
import dev.rensa.protocol.codec.ByteReader;
import dev.rensa.protocol.codec.ByteWriter;
import dev.rensa.protocol.codec.MalformedException;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.protocol.verdict.RejectionReason;
import dev.rensa.protocol.work.Work;
import java.util.List;

/** The bytes of compact blocks and of what is asked to complete them (docs/protocol-peers.md, section 5). */
final class CompactBlockCodec {

    /** A compact block without transactions. */
    static final int EMPTY_BYTES = BlockHeader.BYTES + Work.LENGTH + Long.BYTES + 2 * Integer.BYTES;

    private CompactBlockCodec() {}

    static void write(ByteWriter writer, CompactBlock block) {
        block.header().write(writer);
        writer.writeBytes(block.work().toBytes()).writeLong(block.salt());
        block.ids().write(writer, Block.MAX_TRANSACTIONS);
        writer.writeList(
                block.prefilled(), (w, prefilled) -> prefilled.transaction().write(w.writeU31(prefilled.index())));
    }

    static CompactBlock read(ByteReader reader) {
        BlockHeader header = BlockHeader.read(reader);
        Work work = Work.fromBytes(reader.readBytes(Work.LENGTH));
        long salt = reader.readLong();
        ShortIds ids = ShortIds.read(reader, Block.MAX_TRANSACTIONS);
        List<Prefilled> prefilled = reader.readList(
                Block.MAX_TRANSACTIONS - ids.size(),
                Integer.BYTES + Transaction.MIN_BYTES,
                r -> new Prefilled(r.readU31(), Transaction.read(r)));
        requireAscending(prefilled.stream().mapToInt(Prefilled::index).toArray(), ids.size() + prefilled.size());
        return new CompactBlock(header, work, salt, ids, prefilled);
    }

    static void write(ByteWriter writer, GetBlockTransactions question) {
        writer.writeFixed(question.block()).writeList(question.indexes(), ByteWriter::writeU31);
    }

    static GetBlockTransactions readQuestion(ByteReader reader) {
        BlockHash block = reader.readFixed(BlockHash.LENGTH, BlockHash::of);
        List<Integer> indexes = reader.readList(Block.MAX_TRANSACTIONS, Integer.BYTES, ByteReader::readU31);
        requireAscending(indexes.stream().mapToInt(index -> index).toArray(), Block.MAX_TRANSACTIONS);
        return new GetBlockTransactions(block, indexes);
    }

    static void write(ByteWriter writer, BlockTransactions answer) {
        writer.writeFixed(answer.block());
        Block.writeBody(writer, answer.transactions());
    }

    static BlockTransactions readAnswer(ByteReader reader) {
        return new BlockTransactions(reader.readFixed(BlockHash.LENGTH, BlockHash::of), Block.readBody(reader));
    }

    static int bytesOf(CompactBlock block) {
        int bytes = EMPTY_BYTES + block.ids().size() * ShortIds.BYTES;
        for (Prefilled prefilled : block.prefilled()) {
            bytes += Integer.BYTES + prefilled.transaction().size();
        }
        return bytes;
    }

    /** One order only, so that a place is named once and a message has one form. */
    private static void requireAscending(int[] indexes, int end) {
        int last = -1;
        for (int index : indexes) {
            if (index <= last || index >= end) {
                throw new MalformedException(
                        RejectionReason.NOT_CANONICAL,
                        "places in a block must ascend and lie below " + end + ", found " + index + " behind " + last);
            }
            last = index;
        }
    }
}
