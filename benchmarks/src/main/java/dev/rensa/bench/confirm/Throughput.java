package dev.rensa.bench.confirm;

import dev.rensa.bench.load.SignedLoad;
import dev.rensa.bench.load.Submitter;
import dev.rensa.network.cluster.Await;
import dev.rensa.network.cluster.LocalNetwork;
import dev.rensa.network.cluster.LocalNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** Feeds signed loads to all nodes of a network for some time, and finds out what became of every transfer. */
public final class Throughput {

    private static final long POLL_NANOS = Duration.ofMillis(20).toNanos();
    private static final Duration DRAIN_BOUND = Duration.ofMinutes(3);

    /**
     * What was measured.
     *
     * @param perSecond transfers a second in blocks, from the last block seen while warming up to the last one seen while
     *     feeding
     * @param seconds between these two blocks
     * @param blocks found in that time
     * @param mined transfers in blocks once everything was mined, those of the warm-up included
     * @param refused how often a transfer was refused
     * @param p50Millis median time from sending a transfer to seeing its block, behind the warm-up
     * @param nodeMicros CPU time of one node a mined transfer, behind the warm-up
     * @param loadMicros CPU time of this process a mined transfer, behind the warm-up
     */
    public record Result(
            double perSecond,
            double seconds,
            long blocks,
            long mined,
            long refused,
            long p50Millis,
            long p99Millis,
            double nodeMicros,
            double loadMicros) {}

    private final LocalNetwork network;
    private final List<LocalNode> nodes;
    private final int maxWaiting;

    /**
     * @param maxWaiting transfers in a node's mempool above which it is fed no more
     */
    public Throughput(LocalNetwork network, int maxWaiting) {
        this.network = network;
        this.nodes = network.running();
        this.maxWaiting = maxWaiting;
    }

    /**
     * Feeds until the time is up or the load is used up, then waits until everything is mined.
     *
     * @param loads for each running node the loads of its connections
     * @param warmUp how long the nodes are fed before it counts
     * @param feeding how long they are fed after that
     * @throws IllegalStateException if a transfer that was accepted is not mined exactly once, or a feed fails
     */
    public Result measure(List<List<SignedLoad>> loads, Duration warmUp, Duration feeding) {
        List<TipWatch> watches = nodes.stream().map(TipWatch::new).toList();
        try {
            return measure(loads, warmUp, feeding, watches);
        } finally {
            watches.forEach(TipWatch::close);
        }
    }

    /** Where the network stood when something began or ended. */
    private record Mark(TipWatch.Sighting head, Duration nodesCpu, Duration ownCpu) {}

    private Result measure(List<List<SignedLoad>> loads, Duration warmUp, Duration feeding, List<TipWatch> watches) {
        List<Submitter> submitters = new ArrayList<>();
        for (int n = 0; n < nodes.size(); n++) {
            TipWatch watch = watches.get(n);
            for (SignedLoad load : loads.get(n)) {
                submitters.add(new Submitter(nodes.get(n).client(), load, () -> watch.mempool() > maxWaiting));
            }
        }
        List<Mark> marks = new ArrayList<>();
        feed(submitters, List.of(warmUp, feeding), watches, () -> marks.add(mark(watches.getFirst())));
        Mark begin = marks.getFirst();
        TipWatch.Sighting end = marks.getLast().head();
        awaitEmpty(watches);
        Mark empty = mark(watches.getFirst());

        MinedLoad mined = MinedLoad.read(
                nodes.getFirst(),
                submitters,
                watches.getFirst().sightings(),
                begin.head().height());
        if (!mined.faults().isEmpty()) {
            throw new IllegalStateException("Something was lost: " + mined.faults() + ". " + network.summary());
        }
        double seconds = (end.nanos() - begin.head().nanos()) / 1e9;
        long before = mined.transfersUpTo(begin.head().height());
        return new Result(
                (mined.transfersUpTo(end.height()) - before) / seconds,
                seconds,
                end.height() - begin.head().height(),
                mined.total(),
                submitters.stream().mapToLong(Submitter::refused).sum(),
                mined.waiting().at(0.50),
                mined.waiting().at(0.99),
                micros(empty.nodesCpu().minus(begin.nodesCpu()), mined.total() - before) / nodes.size(),
                micros(empty.ownCpu().minus(begin.ownCpu()), mined.total() - before));
    }

    private Mark mark(TipWatch watch) {
        return new Mark(watch.last(), nodesCpu(), ownCpu());
    }

    /** Returns when the time is up or all is sent; a feed that dies ends the measurement with its reason. */
    private static void feed(
            List<Submitter> submitters, List<Duration> phases, List<TipWatch> watches, Runnable endOfPhase) {
        try (ExecutorService threads = Executors.newFixedThreadPool(submitters.size())) {
            List<Future<Submitter>> running =
                    submitters.stream().map(threads::submit).toList();
            for (Duration phase : phases) {
                awaitEnd(phase, running, watches);
                endOfPhase.run();
            }
            submitters.forEach(Submitter::stop);
            for (Future<Submitter> feed : running) {
                feed.get(1, TimeUnit.MINUTES);
            }
        } catch (ExecutionException | TimeoutException | CancellationException e) {
            throw new IllegalStateException("a feed of transfers ended before its time: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!watches.stream().allMatch(TipWatch::isAlive)) {
            throw new IllegalStateException("a node does not tell its status any more; its log says why");
        }
    }

    private static void awaitEnd(Duration phase, List<Future<Submitter>> running, List<TipWatch> watches) {
        long deadline = System.nanoTime() + phase.toNanos();
        while (System.nanoTime() - deadline < 0
                && running.stream().anyMatch(feed -> !feed.isDone())
                && running.stream().noneMatch(feed -> feed.state() == Future.State.FAILED)
                && watches.stream().allMatch(TipWatch::isAlive)) {
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private void awaitEmpty(List<TipWatch> watches) {
        Await.until(
                "everything that was accepted is mined, and all nodes agree",
                DRAIN_BOUND,
                network::summary,
                () -> watches.stream().allMatch(watch -> watch.mempool() == 0)
                        && watches.stream()
                                        .map(watch -> watch.last().hash())
                                        .distinct()
                                        .count()
                                == 1
                        && nodes.getFirst().client().status().mempoolTransactions() == 0);
    }

    private Duration nodesCpu() {
        return nodes.stream().map(LocalNode::cpuTime).reduce(Duration.ZERO, Duration::plus);
    }

    private static Duration ownCpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private static double micros(Duration used, long transfers) {
        return used.toNanos() / 1e3 / Math.max(1, transfers);
    }
}
