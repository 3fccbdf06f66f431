package dev.rensa.network.bench;

import dev.rensa.network.cluster.LocalNetwork;
import dev.rensa.network.cluster.LocalNode;
import dev.rensa.protocol.transaction.Transaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Confirmed transfers a second while a signed load is fed to all nodes of a network. */
final class Throughput {

    private static final long POLL_NANOS = Duration.ofMillis(250).toNanos();

    /** Enough for two full blocks on the way; the mempool's limit lies far above. */
    private static final long MAX_UNDER_WAY = 50_000;

    /**
     * What was measured.
     *
     * @param perSecond confirmed transfers a second, from the first submission to the last confirmation
     * @param refused transfers that a mempool refused
     */
    record Result(double perSecond, long confirmed, long refused, double seconds) {}

    private Throughput() {}

    /** Feeds the whole load, but no longer than the bound, and waits until what was submitted is on the chain. */
    static Result measure(LocalNetwork network, SignedLoad load, Duration bound) {
        List<LocalNode> nodes = network.running();
        AtomicLong submitted = new AtomicLong();
        AtomicLong refused = new AtomicLong();
        AtomicLong confirmed = new AtomicLong();
        List<Submitter> submitters = new ArrayList<>();
        for (int n = 0; n < nodes.size(); n++) {
            List<List<Transaction>> lanes = new ArrayList<>();
            for (int lane = n; lane < load.lanes().size(); lane += nodes.size()) {
                lanes.add(load.lanes().get(lane));
            }
            submitters.add(new Submitter(
                    nodes.get(n), lanes, () -> submitted.get() - confirmed.get(), MAX_UNDER_WAY, submitted, refused));
        }
        long start = System.nanoTime();
        List<Thread> threads = submitters.stream()
                .map(s -> Thread.ofPlatform().daemon().start(s))
                .toList();

        long end = start;
        while (threads.stream().anyMatch(Thread::isAlive) || confirmed.get() < submitted.get() - refused.get()) {
            LockSupport.parkNanos(POLL_NANOS);
            confirmed.set(load.confirmedOn(nodes.getFirst()));
            end = System.nanoTime();
            if (end - start > bound.toNanos()) {
                submitters.forEach(Submitter::stop);
            }
            if (end - start > 2 * bound.toNanos()) {
                break;
            }
        }
        double seconds = (end - start) / 1e9;
        return new Result(confirmed.get() / seconds, confirmed.get(), refused.get(), seconds);
    }
}
