package dev.rensa.bench.confirm;

import dev.rensa.network.cluster.LocalNode;
import dev.rensa.protocol.api.StatusView;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/** Looks at a node's head and mempool again and again. Closing it ends that. */
final class TipWatch implements AutoCloseable {

    /** How late a block may be seen. */
    static final Duration PERIOD = Duration.ofMillis(50);

    /** A head, and when it was seen first. */
    record Sighting(long nanos, long height, String hash) {}

    private final LocalNode node;
    private final List<Sighting> sightings = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile int mempool;
    private volatile boolean closed;

    TipWatch(LocalNode node) {
        this.node = node;
        look();
        this.thread = Thread.ofPlatform().daemon().name("watch-" + node.name()).start(this::run);
    }

    /** Heads in the order in which they were seen. */
    List<Sighting> sightings() {
        return List.copyOf(sightings);
    }

    Sighting last() {
        return sightings.getLast();
    }

    /** Transactions in the mempool when it was looked at last. */
    int mempool() {
        return mempool;
    }

    private void run() {
        while (!closed) {
            LockSupport.parkNanos(PERIOD.toNanos());
            if (!closed) {
                look();
            }
        }
    }

    private void look() {
        StatusView status = node.client().status();
        long now = System.nanoTime();
        if (sightings.isEmpty() || !last().hash().equals(status.tip())) {
            sightings.add(new Sighting(now, status.height(), status.tip()));
        }
        mempool = status.mempoolTransactions();
    }

    boolean isAlive() {
        return thread.isAlive();
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
