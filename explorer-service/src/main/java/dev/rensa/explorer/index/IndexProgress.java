package dev.rensa.explorer.index;

/**
 * What the indexer does.
 *
 * @param height of the highest indexed block, −1 before there is any
 * @param targetHeight of the chain that it follows, −1 before a node has answered
 * @param transactionsPerSecond written lately while catching up, 0 otherwise
 * @param remainingSeconds until it has caught up at that speed, −1 where that says nothing
 * @param detail a sentence for people
 */
public record IndexProgress(
        State state, long height, long targetHeight, long transactionsPerSecond, long remainingSeconds, String detail) {

    static IndexProgress beforeTheFirstNode() {
        return new IndexProgress(State.WAITING, -1, -1, 0, -1, "no node has been asked yet");
    }

    /** The same once the index is to be built anew: what was there is not good enough. */
    IndexProgress beforeRebuild() {
        return state == State.CURRENT
                ? new IndexProgress(State.CATCHING_UP, height, targetHeight, 0, -1, "the index is to be built anew")
                : this;
    }

    /** What the indexer is at. */
    public enum State {
        /** No node, or none that answers what is asked. */
        WAITING,
        /** Blocks are missing and are being fetched. */
        CATCHING_UP,
        /** It has the best chain's tip. */
        CURRENT,
        /** The explorer's own database fails. */
        FAILED
    }

    /** Share of the chain that is indexed, 0 to 1. */
    public double share() {
        return targetHeight <= 0 ? (state == State.CURRENT ? 1 : 0) : Math.clamp((double) height / targetHeight, 0, 1);
    }

    /** How many blocks are missing. */
    public long lag() {
        return Math.max(0, targetHeight - height);
    }
}
