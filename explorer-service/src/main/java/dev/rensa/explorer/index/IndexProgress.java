package dev.rensa.explorer.index;

/**
 * What the indexer does.
 *
 * @param height of the highest indexed block, −1 before there is any
 * @param targetHeight of the chain that it follows, −1 before a node has answered
 * @param detail a sentence for people
 */
public record IndexProgress(State state, long height, long targetHeight, String detail) {

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

    /** How many blocks are missing. */
    public long lag() {
        return Math.max(0, targetHeight - height);
    }
}
