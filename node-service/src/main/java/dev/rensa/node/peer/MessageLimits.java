package dev.rensa.node.peer;

import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.crypto.BlockHash;

/** How much may stand in a message. Part of the protocol: both sides must agree (docs/protocol-peers.md). */
public final class MessageLimits {

    /** Most addresses in {@link Message.Peers}. */
    public static final int MAX_ADDRESSES = 256;

    /** Most ids or transactions in a message. */
    public static final int MAX_TRANSACTIONS = 5_000;

    /** Most hashes in a locator: one a doubling of the distance covers any chain. */
    public static final int MAX_LOCATOR = 64;

    /** Most headers in {@link Message.Headers}. */
    public static final int MAX_HEADERS = 2_000;

    /** Most bodies in {@link Message.GetBodies} and {@link Message.Bodies}. */
    public static final int MAX_BODIES = 512;

    /** Most buckets of accounts in {@link Message.GetStateChunk}: a sixty-fourth of the state. */
    public static final int MAX_CHUNK_BUCKETS = 1_024;

    /** Senders add no further bucket once a chunk has passed this many bytes (1 MiB): about 22,000 accounts. */
    public static final int CHUNK_FILL_BYTES = 1 << 20;

    /** Most parts of a bucket: a thousand million accounts, whose transfers fill 40,000 of the usual largest blocks. */
    public static final int MAX_BUCKET_PARTS = 65_535;

    /** No chunk is longer (3 MiB): a part with the roots of all others, or a filled chunk and one more bucket. */
    public static final int MAX_CHUNK_BYTES = 3 << 20;

    /** Senders add no further body once a frame has passed this many bytes (8 MiB), so that sharing stays fine-grained. */
    public static final int BODIES_FILL_BYTES = 8 * 1024 * 1024;

    /** Most bytes of prefilled transactions in a compact block, their places included: a quarter of the usual largest block. */
    public static final int MAX_PREFILLED_BYTES = 1024 * 1024;

    /** No frame is longer (40 MiB): a filled one, less its last body, and the largest body that any network may allow. */
    public static final int MAX_FRAME_BYTES = BODIES_FILL_BYTES + Block.MAX_TRANSACTION_BYTES;

    private MessageLimits() {}

    /** Bytes that a body takes in a {@link Message.Bodies} frame. */
    public static int sizeOf(EncodedBody body) {
        return BlockHash.LENGTH + Integer.BYTES + body.size();
    }
}
