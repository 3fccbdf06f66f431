package dev.rensa.node.peer;

import dev.rensa.protocol.codec.ByteReader;
import dev.rensa.protocol.codec.ByteWriter;
import dev.rensa.protocol.codec.MalformedException;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.Hash;
import dev.rensa.protocol.state.BucketRoots;
import dev.rensa.protocol.state.StateBucket;
import dev.rensa.protocol.verdict.RejectionReason;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The bodies of the messages that carry account states (docs/protocol-peers.md §3). */
final class StateMessages {

    /** A u16 length, a bitmap of 32 bytes, 256 roots. */
    static final int MAX_PAGE_BYTES = Short.BYTES + 32 + 256 * 32;

    /** First bucket, number of buckets, part: a u16 each. */
    static final int RANGE_BYTES = 3 * Short.BYTES;

    private static final int MIN_PAGE_BYTES = Short.BYTES;

    private StateMessages() {}

    static void write(ByteWriter writer, Message.StateRoots roots) {
        writer.writeFixed(roots.block()).writeList(roots.pages(), (w, page) -> {
            byte[] bytes = new byte[page.remaining()];
            page.duplicate().get(bytes);
            w.writeSized16(bytes);
        });
    }

    static Message.StateRoots readRoots(ByteReader reader) {
        BlockHash block = reader.readFixed(BlockHash.LENGTH, BlockHash::of);
        List<ByteBuffer> pages = reader.readList(
                BucketRoots.PAGES,
                MIN_PAGE_BYTES,
                r -> ByteBuffer.wrap(r.readSized16(MAX_PAGE_BYTES)).asReadOnlyBuffer());
        if (!pages.isEmpty() && pages.size() != BucketRoots.PAGES) {
            throw new MalformedException(
                    RejectionReason.MALFORMED,
                    "bucket roots come in " + BucketRoots.PAGES + " pages or none, not " + pages.size());
        }
        return new Message.StateRoots(block, pages);
    }

    static void write(ByteWriter writer, Message.GetStateChunk question) {
        writer.writeFixed(question.block())
                .writeU16(question.first())
                .writeU16(question.count())
                .writeU16(question.part());
    }

    static Message.GetStateChunk readQuestion(ByteReader reader) {
        BlockHash block = reader.readFixed(BlockHash.LENGTH, BlockHash::of);
        int first = reader.readU16();
        int count = reader.readU16();
        requireRange(first, count, 1);
        int part = reader.readU16();
        if (part > 0 && count > 1) {
            throw new MalformedException(RejectionReason.MALFORMED, "a part is of one bucket, not of " + count);
        }
        return new Message.GetStateChunk(block, first, count, part);
    }

    static void write(ByteWriter writer, Message.StateChunk chunk) {
        writer.writeFixed(chunk.block())
                .writeU16(chunk.first())
                .writeU16(chunk.buckets().size());
        chunk.buckets().forEach(bucket -> bucket.write(writer));
        writer.writeU16(chunk.part()).writeList(chunk.partRoots(), ByteWriter::writeFixed);
    }

    static Message.StateChunk readChunk(ByteReader reader) {
        BlockHash block = reader.readFixed(BlockHash.LENGTH, BlockHash::of);
        int first = reader.readU16();
        int count = reader.readU16();
        requireRange(first, count, 0);
        List<StateBucket> buckets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            buckets.add(StateBucket.read(reader, first + i));
        }
        int part = reader.readU16();
        List<Hash> partRoots =
                reader.readList(MessageLimits.MAX_BUCKET_PARTS, Hash.LENGTH, r -> r.readFixed(Hash.LENGTH, Hash::of));
        Message.StateChunk chunk = new Message.StateChunk(block, first, buckets, part, partRoots);
        requireWholeOrPart(chunk);
        return chunk;
    }

    private static void requireWholeOrPart(Message.StateChunk chunk) {
        int parts = chunk.partRoots().size();
        boolean canonical = chunk.isPart()
                ? parts > 1 && chunk.part() < parts && chunk.buckets().size() == 1 && isFull(chunk)
                : chunk.part() == 0;
        if (!canonical) {
            throw new MalformedException(
                    RejectionReason.NOT_CANONICAL,
                    "no bucket has a part " + chunk.part() + " of " + parts + " with "
                            + chunk.buckets().size() + " buckets or such a number of accounts");
        }
    }

    /** Only the last part may have fewer accounts, but not none. */
    private static boolean isFull(Message.StateChunk chunk) {
        int accounts = chunk.buckets().getFirst().accounts().size();
        return accounts == StateBucket.PART_ACCOUNTS
                || (accounts > 0 && chunk.part() == chunk.partRoots().size() - 1);
    }

    static int size(Message.StateRoots roots) {
        return BlockHash.LENGTH
                + roots.pages().stream()
                        .mapToInt(page -> Short.BYTES + page.remaining())
                        .sum();
    }

    static int size(Message.StateChunk chunk) {
        return BlockHash.LENGTH
                + RANGE_BYTES
                + Integer.BYTES
                + chunk.partRoots().size() * Hash.LENGTH
                + chunk.buckets().stream().mapToInt(StateBucket::size).sum();
    }

    private static void requireRange(int first, int count, int least) {
        if (count < least || count > MessageLimits.MAX_CHUNK_BUCKETS || first + count > BucketRoots.BUCKETS) {
            throw new MalformedException(
                    RejectionReason.MALFORMED, "no chunk has " + count + " buckets from " + first + " on");
        }
    }
}
