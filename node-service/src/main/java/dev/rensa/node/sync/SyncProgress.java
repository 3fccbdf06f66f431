package dev.rensa.node.sync;

import java.util.OptionalLong;

/**
 * How far catching up has come.
 *
 * @param height height of the head
 * @param headerHeight height of the best header known
 * @param targetHeight best height that a trustworthy peer has told of, or our own if that is above
 * @param transactionsPerSecond of the blocks that joined the chain during the last 20 s
 * @param remainingMillis time until the head is at the target at the speed of the last 20 s; empty if that says nothing
 * @param ready whether the head is caught up with the best peer, or bodies are withheld; a node without peers is ready,
 *     since it must be able to start a network alone
 * @param withheld whether bodies of the best header's branch have not come for so long that the node goes on without them
 */
public record SyncProgress(
        State state,
        long height,
        long headerHeight,
        long targetHeight,
        long transactionsPerSecond,
        OptionalLong remainingMillis,
        boolean ready,
        boolean withheld) {

    /** The same of a node that must not be relied on for another reason. */
    public SyncProgress notReady() {
        return new SyncProgress(
                state, height, headerHeight, targetHeight, transactionsPerSecond, remainingMillis, false, withheld);
    }

    /** What is being fetched. */
    public enum State {
        SYNCED,
        HEADERS,
        BODIES
    }
}
