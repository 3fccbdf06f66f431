package dev.rensa.network.bench;

import dev.rensa.network.cluster.LocalNode;
import dev.rensa.protocol.api.BatchView;
import dev.rensa.protocol.transaction.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Feeds some lanes of a load to one node in packed batches, and holds back while too much is under way, so that what is
 * measured is the network and not the mempool's limit.
 */
final class Submitter implements Runnable {

    private static final int BATCH = 500;
    private static final long PAUSE_NANOS = 2_000_000;

    private final LocalNode node;
    private final List<List<Transaction>> lanes;
    private final LongSupplier underWay;
    private final long maxUnderWay;
    private final AtomicLong submitted;
    private final AtomicLong refused;
    private volatile boolean stopped;

    Submitter(
            LocalNode node,
            List<List<Transaction>> lanes,
            LongSupplier underWay,
            long maxUnderWay,
            AtomicLong submitted,
            AtomicLong refused) {
        this.node = node;
        this.lanes = lanes;
        this.underWay = underWay;
        this.maxUnderWay = maxUnderWay;
        this.submitted = submitted;
        this.refused = refused;
    }

    void stop() {
        stopped = true;
    }

    @Override
    public void run() {
        int length = lanes.stream().mapToInt(List::size).min().orElse(0);
        List<Transaction> batch = new ArrayList<>(BATCH);
        for (int i = 0; i < length && !stopped; i++) {
            for (List<Transaction> lane : lanes) {
                batch.add(lane.get(i));
                if (batch.size() == BATCH) {
                    submit(batch);
                }
            }
        }
        if (!stopped && !batch.isEmpty()) {
            submit(batch);
        }
    }

    private void submit(List<Transaction> batch) {
        while (underWay.getAsLong() > maxUnderWay && !stopped) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        BatchView answer = node.client().submit(batch);
        refused.addAndGet(answer.rejected());
        submitted.addAndGet(batch.size());
        batch.clear();
    }
}
