package dev.rensa.node.peer;

import dev.rensa.protocol.codec.ByteReader;
import dev.rensa.protocol.codec.ByteWriter;
import dev.rensa.protocol.codec.MalformedException;
import dev.rensa.protocol.crypto.BlockHash;
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
        writer.writeFixed(question.block()).writeU16(question.first()).writeU16(question.count());
    }

    static Message.GetStateChunk readQuestion(ByteReader reader) {
        BlockHash block = reader.readFixed(BlockHash.LENGTH, BlockHash::of);
        int first = reader.readU16();
        int count = reader.readU16();
        requireRange(first, count, 1);
        return new Message.GetStateChunk(block, first, count);
    }

    static void write(ByteWriter writer, Message.StateChunk chunk) {
        writer.writeFixed(chunk.block())
                .writeU16(chunk.first())
                .writeU16(chunk.buckets().size());
        chunk.buckets().forEach(bucket -> bucket.write(writer));
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
        return new Message.StateChunk(block, first, buckets);
    }

    static int size(Message.StateRoots roots) {
        return BlockHash.LENGTH
                + roots.pages().stream()
                        .mapToInt(page -> Short.BYTES + page.remaining())
                        .sum();
    }

    static int size(Message.StateChunk chunk) {
        return BlockHash.LENGTH
                + 2 * Short.BYTES
                + chunk.buckets().stream().mapToInt(StateBucket::size).sum();
    }

    private static void requireRange(int first, int count, int least) {
        if (count < least || count > MessageLimits.MAX_CHUNK_BUCKETS || first + count > BucketRoots.BUCKETS) {
            throw new MalformedException(
                    RejectionReason.MALFORMED, "no chunk has " + count + " buckets from " + first + " on");
        }
    }
}
