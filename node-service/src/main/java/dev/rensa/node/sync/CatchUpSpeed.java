package dev.rensa.node.sync;

import java.util.ArrayDeque;
import java.util.Deque;

/** How fast blocks join the chain, over the last seconds. Writer thread only. */
final class CatchUpSpeed {

    /** What counts as the last seconds. */
    static final long WINDOW_MILLIS = 20_000;

    /** Joins within this time are one sample, so that there are few of them. */
    static final long SAMPLE_MILLIS = 1_000;

    private final Deque<Sample> samples = new ArrayDeque<>();

    private record Sample(long sinceMillis, long blocks, long transactions) {}

    /** Blocks with so many transactions joined. */
    void note(long nowMillis, long blocks, long transactions) {
        forget(nowMillis);
        Sample last = samples.peekLast();
        if (last != null && nowMillis - last.sinceMillis < SAMPLE_MILLIS) {
            samples.pollLast();
            samples.add(new Sample(last.sinceMillis, last.blocks + blocks, last.transactions + transactions));
        } else {
            samples.add(new Sample(nowMillis, blocks, transactions));
        }
    }

    double blocksPerSecond(long nowMillis) {
        forget(nowMillis);
        return samples.stream().mapToLong(Sample::blocks).sum() / seconds(nowMillis);
    }

    double transactionsPerSecond(long nowMillis) {
        forget(nowMillis);
        return samples.stream().mapToLong(Sample::transactions).sum() / seconds(nowMillis);
    }

    private double seconds(long nowMillis) {
        Sample first = samples.peekFirst();
        return first == null ? 1 : Math.max(SAMPLE_MILLIS, nowMillis - first.sinceMillis) / 1_000.0;
    }

    private void forget(long nowMillis) {
        while (!samples.isEmpty() && nowMillis - samples.element().sinceMillis > WINDOW_MILLIS) {
            samples.remove();
        }
    }
}
