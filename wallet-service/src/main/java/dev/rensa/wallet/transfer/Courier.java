package dev.rensa.wallet.transfer;

import dev.rensa.protocol.api.BatchView;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.protocol.verdict.RejectionReason;
import dev.rensa.wallet.node.Node;
import dev.rensa.wallet.node.Nodes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Takes signed transfers to several nodes and reports what they said. What it drops or loses, the {@link Caretaker} brings
 * again: handing a transaction in twice is harmless.
 */
public final class Courier implements AutoCloseable {

    /** Transfers that may wait here; later ones are left to the caretaker. */
    private static final int MAX_QUEUE = 50_000;

    private static final long STOP_MILLIS = 10_000;

    /**
     * Time from one submission to the next, unless a whole batch waits. A single transfer goes at once; of a stream of them
     * many go together, which costs nodes, wallet and database less than each alone. Blocks come a hundred times as seldom.
     */
    private static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(25);

    /** Refusals that no waiting mends. */
    private static final Set<String> FOR_EVER = EnumSet.of(
                    RejectionReason.MALFORMED,
                    RejectionReason.TRAILING_BYTES,
                    RejectionReason.UNKNOWN_VERSION,
                    RejectionReason.NOT_CANONICAL,
                    RejectionReason.WRONG_NETWORK,
                    RejectionReason.INVALID_ADDRESS,
                    RejectionReason.AMOUNT_NOT_POSITIVE,
                    RejectionReason.AMOUNT_OUT_OF_RANGE,
                    RejectionReason.MEMO_TOO_LONG,
                    RejectionReason.MEMO_NOT_UTF8,
                    RejectionReason.INVALID_SIGNATURE)
            .stream()
            .map(RejectionReason::code)
            .collect(Collectors.toUnmodifiableSet());

    private static final System.Logger LOG = System.getLogger(Courier.class.getName());

    private final Nodes nodes;
    private final Consumer<Report> reports;
    private final BlockingQueue<Transfer> queue = new LinkedBlockingQueue<>(MAX_QUEUE);
    private final Thread thread;
    private volatile boolean stopping;

    /** Owned by the courier's thread. */
    private long submittedNanos = System.nanoTime() - GATHER_NANOS;

    /**
     * Starts the courier.
     *
     * @param reports takes what the nodes said; must not block for long
     */
    public Courier(Nodes nodes, Consumer<Report> reports) {
        this.nodes = nodes;
        this.reports = reports;
        this.thread = Thread.ofPlatform().name("transfer-courier").start(this::work);
    }

    /** Takes transfers to the nodes, soon. */
    public void deliver(List<Transfer> signed) {
        for (Transfer transfer : signed) {
            if (!queue.offer(transfer)) {
                LOG.log(System.Logger.Level.DEBUG, "the courier is busy; the caretaker brings the rest");
                return;
            }
        }
    }

    @Override
    public void close() {
        stopping = true;
        thread.interrupt();
        try {
            thread.join(STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        List<Transfer> batch = new ArrayList<>(Node.MAX_BATCH);
        while (!stopping) {
            try {
                Transfer first = queue.poll(1, TimeUnit.SECONDS);
                if (first != null) {
                    batch.add(first);
                    gather(batch);
                    submit(batch);
                }
            } catch (InterruptedException e) {
                LOG.log(System.Logger.Level.DEBUG, "the courier was woken");
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, "a submission failed; the caretaker tries again", e);
            }
            batch.clear();
        }
    }

    private void gather(List<Transfer> batch) throws InterruptedException {
        long left = GATHER_NANOS - (System.nanoTime() - submittedNanos);
        if (left > 0 && queue.size() < Node.MAX_BATCH - 1) {
            TimeUnit.NANOSECONDS.sleep(left);
        }
        queue.drainTo(batch, Node.MAX_BATCH - 1);
        submittedNanos = System.nanoTime();
    }

    private void submit(List<Transfer> batch) {
        Optional<BlockHash> network = nodes.network().map(dev.rensa.wallet.node.Network::hash);
        List<Transfer> transfers = batch.stream()
                .filter(transfer -> transfer.transaction() != null)
                .filter(transfer -> network.isPresent() && transfer.network().equals(network.get()))
                .toList();
        if (transfers.isEmpty()) {
            return;
        }
        List<Transaction> transactions =
                transfers.stream().map(Transfer::transaction).toList();
        List<BatchView> answers = nodes.askSeveral(node -> node.submit(transactions));
        if (!answers.isEmpty()) {
            reports.accept(report(transfers, answers));
        }
    }

    /** A transfer that one node took is on its way, whatever the others say. */
    private static Report report(List<Transfer> transfers, List<BatchView> answers) {
        Set<Integer> refused = null;
        for (BatchView answer : answers) {
            Set<Integer> here = answer.rejections().stream()
                    .map(BatchView.RejectedView::index)
                    .collect(Collectors.toCollection(HashSet::new));
            if (refused == null) {
                refused = here;
            } else {
                refused.retainAll(here);
            }
        }
        List<Transfer> taken = new ArrayList<>();
        List<Refusal> refusals = new ArrayList<>();
        for (int i = 0; i < transfers.size(); i++) {
            BatchView.RejectedView rejection =
                    refused != null && refused.contains(i) ? rejection(answers.getFirst(), i) : null;
            if (rejection == null) {
                taken.add(transfers.get(i));
            } else {
                refusals.add(new Refusal(
                        transfers.get(i), rejection.code(), rejection.detail(), FOR_EVER.contains(rejection.code())));
            }
        }
        return new Report(transfers.getFirst().network(), answers.size(), taken, refusals);
    }

    private static BatchView.@Nullable RejectedView rejection(BatchView answer, int index) {
        return answer.rejections().stream()
                .filter(rejection -> rejection.index() == index)
                .findFirst()
                .orElse(null);
    }

    /**
     * What the nodes said.
     *
     * @param nodes how many answered
     */
    public record Report(BlockHash network, int nodes, List<Transfer> taken, List<Refusal> refused) {}

    /**
     * A transfer that no node took.
     *
     * @param forEver whether no waiting mends it
     */
    public record Refusal(Transfer transfer, String code, String detail, boolean forEver) {}
}
