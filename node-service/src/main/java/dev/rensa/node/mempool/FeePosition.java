package dev.rensa.node.mempool;

/**
 * A place in the order in which transactions are mined and shown: highest fee a byte first, the older first among
 * equals.
 */
class FeePosition implements Comparable<FeePosition> {

    private final long feeRate;
    private final long sequence;

    /**
     * A place.
     *
     * @param feeRate in the unit of {@link FeeRate}
     * @param sequence rises with each transaction that was taken
     */
    FeePosition(long feeRate, long sequence) {
        this.feeRate = feeRate;
        this.sequence = sequence;
    }

    /** In the unit of {@link FeeRate}. */
    final long feeRate() {
        return feeRate;
    }

    final long sequence() {
        return sequence;
    }

    @Override
    public final int compareTo(FeePosition other) {
        int order = Long.compare(other.feeRate, feeRate);
        return order == 0 ? Long.compare(sequence, other.sequence) : order;
    }
}
