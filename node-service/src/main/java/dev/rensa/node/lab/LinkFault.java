package dev.rensa.node.lab;

/**
 * What is done to the link to one node. Either it is cut, or what this node sends on it comes late, or in part not at all,
 * or both; what the other side sends is that side's own affair.
 *
 * @param cut whether there is no link: an open one is closed, and none is made either way
 * @param delayMillis how long each message is held back, 0 to {@link #MAX_DELAY_MILLIS}
 * @param jitterMillis how much longer at most, drawn anew for each message, 0 to {@link #MAX_DELAY_MILLIS}; messages keep
 *     their order
 * @param lossPercent of how many messages in a hundred are not sent, 0 to 100
 * @param seed of the draws
 */
public record LinkFault(boolean cut, int delayMillis, int jitterMillis, int lossPercent, long seed) {

    /** Less than the time for which a silent peer is borne, also twice. */
    public static final int MAX_DELAY_MILLIS = 10_000;

    public static final int MAX_LOSS_PERCENT = 100;

    /** A link as it is. */
    static final LinkFault NONE = new LinkFault(false, 0, 0, 0, 0);

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if one is not kept
     */
    public LinkFault {
        if (delayMillis < 0
                || delayMillis > MAX_DELAY_MILLIS
                || jitterMillis < 0
                || jitterMillis > MAX_DELAY_MILLIS
                || lossPercent < 0
                || lossPercent > MAX_LOSS_PERCENT) {
            throw new IllegalArgumentException("a fault is out of its bounds: delay " + delayMillis + " ms, jitter "
                    + jitterMillis + " ms, loss " + lossPercent + " %");
        }
    }

    /** Whether it does nothing. */
    public boolean isNone() {
        return !cut && lossPercent == 0 && !delays();
    }

    boolean delays() {
        return delayMillis > 0 || jitterMillis > 0;
    }
}
