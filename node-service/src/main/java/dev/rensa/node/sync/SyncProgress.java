package dev.rensa.node.sync;

/**
 * How far catching up has come.
 *
 * @param headerHeight height of the best header known
 * @param targetHeight best height that a trustworthy peer has told of, or our own if that is above
 * @param ready whether the head is caught up with the best peer; a node without peers is ready, since it must be able to
 *     start a network alone
 */
public record SyncProgress(State state, long headerHeight, long targetHeight, boolean ready) {

    /** What is being fetched. */
    public enum State {
        SYNCED,
        HEADERS,
        BODIES
    }
}
