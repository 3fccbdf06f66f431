package dev.rensa.explorer.index;

import java.util.List;
import java.util.function.LongSupplier;

/** How fast the index comes on, over the last seconds. For one thread. */
final class Speed {

    /** A figure over less than this jumps; over much more it tells of the past. */
    private static final long SPAN_NANOS = 5_000_000_000L;

    private final LongSupplier nanoClock;
    private long beganNanos;
    private long blocks;
    private long transactions;
    private double blocksPerSecond;
    private double transactionsPerSecond;

    Speed(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        this.beganNanos = nanoClock.getAsLong();
    }

    void count(List<ConnectedBlock> batch) {
        blocks += batch.size();
        for (ConnectedBlock connected : batch) {
            transactions += connected.block().transactions().size();
        }
        long spent = nanoClock.getAsLong() - beganNanos;
        if (spent > 0) {
            blocksPerSecond = blocks * 1e9 / spent;
            transactionsPerSecond = transactions * 1e9 / spent;
        }
        if (spent > SPAN_NANOS) {
            begin();
        }
    }

    /** There is nothing to do: what comes next is measured for itself. */
    void rest() {
        begin();
        blocksPerSecond = 0;
        transactionsPerSecond = 0;
    }

    long transactionsPerSecond() {
        return Math.round(transactionsPerSecond);
    }

    /** Seconds that so many blocks take; −1 while that is not known. */
    long secondsFor(long missingBlocks) {
        return blocksPerSecond > 0 && missingBlocks >= 0 ? Math.round(missingBlocks / blocksPerSecond) : -1;
    }

    private void begin() {
        beganNanos = nanoClock.getAsLong();
        blocks = 0;
        transactions = 0;
    }
}
