package dev.rensa.node.snapshot;

/**
 * How far joining from a snapshot has come.
 *
 * @param baseHeight of the block whose accounts are, or were, taken over; 0 if there is none
 * @param chunksDone sixty-fourths of the accounts that are here
 */
public record SnapshotProgress(State state, long baseHeight, int chunksDone) {

    /** The whole state. */
    public static final int CHUNKS_TOTAL = 64;

    /** What is being done. */
    public enum State {
        /** Nothing: this node applies every block from its base on, or from block 0. */
        NONE,
        /** Waits for headers and peers, to find out from which block to start. */
        CHOOSING,
        /** Fetches bucket roots. */
        ROOTS,
        /** Fetches accounts. */
        CHUNKS,
        /** Has all accounts and puts the head there. */
        INSTALLING,
        /** Nobody gave the rest for long: puts the accounts of block 0 back, to apply every block. */
        RETURNING
    }
}
