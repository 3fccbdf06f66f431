package dev.rensa.node.peer;

/** How much work a frame asks for that nobody here asked for, in units of about 25 microseconds: 256 short ids are looked up. */
final class WorkCost {

    private static final int BYTES_A_UNIT = 2_048;

    /** Up to 2,000 headers are read from disk. */
    private static final int HEADERS_QUESTION = 20;

    /** A body is read from disk for each hash of 32 bytes. */
    private static final int BODIES_QUESTION = 4;

    private static final int BODIES_BYTES_A_UNIT = 256;

    /** A whole block may be read from disk and decoded, however few of its transactions are asked for. */
    private static final int BLOCK_TRANSACTIONS_QUESTION = 64;

    /** 1,024 buckets, or a part of one, are looked up on disk, and 1 MiB of them is sent. */
    private static final int STATE_CHUNK_QUESTION = 64;

    /** 2 MiB that lie in memory are sent. */
    private static final int STATE_ROOTS_QUESTION = 32;

    private WorkCost() {}

    /**
     * Units for a payload.
     *
     * @return 0 for what answers a question of ours: our questions bound it
     */
    static int of(FrameType type, int length) {
        return switch (type) {
            case HEADERS, BODIES, TRANSACTIONS, BLOCK_TRANSACTIONS, STATE_ROOTS, STATE_CHUNK -> 0;
            case GET_HEADERS -> HEADERS_QUESTION;
            case GET_BODIES -> BODIES_QUESTION + length / BODIES_BYTES_A_UNIT;
            case GET_BLOCK_TRANSACTIONS -> BLOCK_TRANSACTIONS_QUESTION + length / BYTES_A_UNIT;
            case GET_STATE_CHUNK -> STATE_CHUNK_QUESTION;
            case GET_STATE_ROOTS -> STATE_ROOTS_QUESTION;
            default -> 1 + length / BYTES_A_UNIT;
        };
    }
}
