package dev.rensa.wallet.transfer;

import dev.rensa.protocol.api.AccountView;
import dev.rensa.protocol.crypto.BlockHash;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The one writer of transfers. Requests from any number of threads queue here; the desk's thread takes all that wait, up
 * to {@link #MAX_BATCH}, gives each its nonce and its signature, and makes all of it durable in one commit, behind which
 * answers and bytes leave. That is what lets a thousand concurrent requests share an fsync, and hands out nonces without a
 * lock.
 */
public final class TransferDesk implements AutoCloseable {

    /** Requests that share a commit at most. */
    private static final int MAX_BATCH = 512;

    /** Requests that may wait; more are refused at once. */
    private static final int MAX_QUEUE = 20_000;

    private static final long IDLE_TURN_MILLIS = 1000;
    private static final long STOP_MILLIS = 10_000;
    private static final System.Logger LOG = System.getLogger(TransferDesk.class.getName());

    /** Time between two looks for requests that other replicas accepted for lanes held here. */
    private static final long SHARED_LOOK_MILLIS = 200;

    /** Renewals a lease, so that a lost one or two do no harm. */
    private static final int RENEWALS_A_LEASE = 5;

    private final TransferStore store;
    private final LaneStore lanes;
    private final Duration lease;
    private final Signer signer;
    private final TransferId.Source ids;
    private final Clock clock;
    private final Consumer<List<Transfer>> courier;
    private final BlockingQueue<DeskCommand> queue = new LinkedBlockingQueue<>(MAX_QUEUE);
    private final Thread thread;
    private final Heartbeat heartbeat;
    private volatile boolean stopping;

    /** Set before the queue is emptied for the last time: whoever comes later fails his own command. */
    private volatile boolean ended;

    private volatile int openCount;
    private final LongAdder acceptedCount = new LongAdder();
    private final Endings endings = new Endings();

    /** Owned by the desk's thread; absent before the first command and after a failure of the storage. */
    private @Nullable Ledger ledger;

    /** The name under which the last ledger was loaded; the next one is loaded under another. */
    private @Nullable ReplicaId replica;

    private long tendedMillis;
    private long lookedMillis;

    /**
     * Opens the desk.
     *
     * @param lease how long this process may be silent before others take its lanes
     * @param courier takes signed transfers to the nodes; must not block
     */
    public TransferDesk(
            TransferStore store,
            LaneStore lanes,
            Duration lease,
            Signer signer,
            SecureRandom random,
            Clock clock,
            Consumer<List<Transfer>> courier) {
        this.store = store;
        this.lanes = lanes;
        this.lease = lease;
        this.signer = signer;
        this.ids = new TransferId.Source(random);
        this.clock = clock;
        this.courier = courier;
        this.heartbeat = new Heartbeat(clock);
        this.thread = Thread.ofPlatform().name("transfer-desk").start(this::work);
    }

    /**
     * Accepts a transfer: when the answer comes it is durable. It fails with {@link TransferRefusedException}, or with
     * {@link StoreException} when it is not known whether it was accepted: then ask again with the same idempotency key.
     *
     * @param view the sender's account as a node sees it
     */
    public CompletionStage<Acceptance> accept(TransferRequest request, AccountView view) {
        CompletableFuture<Acceptance> answer = new CompletableFuture<>();
        put(new DeskCommand.Accept(request, view, answer));
        return answer;
    }

    /** Open transfers of the present network. */
    public int openCount() {
        return openCount;
    }

    /** Transfers accepted since the start. */
    public long acceptedCount() {
        return acceptedCount.sum();
    }

    /** How transfers ended that this process followed. */
    public Endings endings() {
        return endings;
    }

    /** Whether other processes may serve the same transfers. */
    public boolean isShared() {
        return lanes.isShared();
    }

    /** Beats at least every second while the desk's thread works. */
    public Heartbeat heartbeat() {
        return heartbeat;
    }

    /** Runs something on the desk's thread, with the ledger of that network. */
    <T> CompletableFuture<T> with(BlockHash network, Function<Ledger, T> work) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        put(new DeskCommand.Task<>(network, work, answer));
        return answer;
    }

    /**
     * Runs something on the desk's thread that replaces what is in the store, and forgets what is in memory. However long it
     * takes, the answer is waited for: it is never left open whether it was done.
     *
     * @throws IOException as the work does
     */
    <T> T exclusively(Tracker.Work<T> work) throws IOException {
        CompletableFuture<T> answer = new CompletableFuture<>();
        put(new DeskCommand.Exclusive<>(work, answer));
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DeskSilentException("the wait for the wallet was interrupted", e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException failed -> throw failed;
                case RuntimeException failed -> throw failed;
                case null, default -> throw new IllegalStateException("the wallet failed at this request", e);
            }
        }
    }

    /** The name under which this process holds its lanes; null while it holds none. For the desk's thread. */
    public @Nullable ReplicaId replica() {
        return replica;
    }

    /** Finishes the commit that is under way and stops; what is open goes on at the next start. */
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

    private void put(DeskCommand command) {
        if (stopping || !queue.offer(command)) {
            command.fail(new RejectedExecutionException("the wallet is stopping, or has too many requests waiting"));
        } else if (ended && queue.remove(command)) {
            command.fail(new RejectedExecutionException("the wallet is stopping"));
        }
    }

    private void work() {
        List<DeskCommand> commands = new ArrayList<>(MAX_BATCH);
        while (!stopping) {
            heartbeat.beat();
            try {
                DeskCommand first =
                        queue.poll(lanes.isShared() ? SHARED_LOOK_MILLIS : IDLE_TURN_MILLIS, TimeUnit.MILLISECONDS);
                tend();
                if (first != null) {
                    commands.add(first);
                    queue.drainTo(commands, MAX_BATCH - 1);
                    serve(commands);
                }
            } catch (InterruptedException e) {
                // close() wakes us so; the loop's condition tells.
                LOG.log(System.Logger.Level.DEBUG, "the transfer desk was woken");
            }
            commands.clear();
        }
        var _ = Thread.interrupted();
        leave();
        ended = true;
        DeskCommand left = queue.poll();
        while (left != null) {
            left.fail(new RejectedExecutionException("the wallet is stopping"));
            left = queue.poll();
        }
    }

    /** What others on the same database ask of us: signs of life, and work that they accepted for our lanes. */
    private void tend() {
        Ledger current = ledger;
        if (current == null || !lanes.isShared()) {
            return;
        }
        long now = clock.millis();
        if (now - tendedMillis >= lease.toMillis() / RENEWALS_A_LEASE) {
            tendedMillis = now;
            lookedMillis = now;
            guarded(List.of(), () -> courier.accept(current.tend()));
        } else if (now - lookedMillis >= SHARED_LOOK_MILLIS) {
            lookedMillis = now;
            guarded(List.of(), () -> courier.accept(current.takeRequested()));
        }
    }

    /** Frees the lanes at once for others; if the database is away, the lease runs out. */
    private void leave() {
        ReplicaId left = replica;
        replica = null;
        if (left != null) {
            try {
                lanes.leave(left);
            } catch (StoreException e) {
                LOG.log(System.Logger.Level.INFO, "the lanes of this process stay held until its lease runs out", e);
            }
        }
    }

    /** Runs of requests for the same network share their commits; tasks keep their place between them. */
    private void serve(List<DeskCommand> commands) {
        List<DeskCommand.Accept> run = new ArrayList<>();
        for (DeskCommand command : commands) {
            switch (command) {
                case DeskCommand.Accept accept -> {
                    if (!run.isEmpty()
                            && !run.getFirst()
                                    .request()
                                    .network()
                                    .equals(accept.request().network())) {
                        guarded(run, () -> acceptAll(run));
                        run.clear();
                    }
                    run.add(accept);
                }
                case DeskCommand.Task<?> task -> {
                    guarded(run, () -> acceptAll(run));
                    run.clear();
                    guarded(List.of(task), () -> task.run(ledgerOf(task.network())));
                }
                case DeskCommand.Exclusive<?> exclusive -> {
                    guarded(run, () -> acceptAll(run));
                    run.clear();
                    ledger = null;
                    exclusive.run();
                }
            }
        }
        guarded(run, () -> acceptAll(run));
        Ledger current = ledger;
        openCount = current == null ? 0 : current.openCount();
    }

    private void guarded(List<? extends DeskCommand> commands, Runnable work) {
        try {
            work.run();
        } catch (RequestTakenException e) {
            // Nothing was written, but memory has it.
            ledger = null;
            commands.forEach(command -> command.fail(e));
        } catch (RuntimeException | Error e) {
            // Memory may be ahead of the store now: read it again before the next command. An Error too must not end
            // this thread, on which every request waits.
            ledger = null;
            LOG.log(System.Logger.Level.ERROR, "transfers could not be written and are read again from the store", e);
            RuntimeException failure = e instanceof RuntimeException already
                    ? already
                    : new IllegalStateException("the wallet failed at this request", e);
            commands.forEach(command -> command.fail(failure));
        }
    }

    private Ledger ledgerOf(BlockHash network) {
        Ledger current = ledger;
        if (current == null || !current.network().equals(network)) {
            leave();
            ReplicaId fresh = ReplicaId.fresh();
            replica = fresh;
            current = Ledger.load(
                    network, store, Holdings.join(network, lanes, fresh, lease), signer, ids, clock, endings);
            ledger = current;
        }
        return current;
    }

    private void acceptAll(List<DeskCommand.Accept> accepts) {
        if (accepts.isEmpty()) {
            return;
        }
        try {
            acceptTogether(accepts);
        } catch (RequestTakenException | UnfitRowException e) {
            // Another replica accepted one of these requests meanwhile, or somebody decided about one, or the database
            // does not take what is in one. Nothing was written and nobody answered: so one by one, each for itself.
            ledger = null;
            if (accepts.size() == 1) {
                guarded(accepts, () -> acceptTogether(accepts));
            } else {
                accepts.forEach(accept -> guarded(List.of(accept), () -> acceptAll(List.of(accept))));
            }
        }
    }

    private void acceptTogether(List<DeskCommand.Accept> accepts) {
        BlockHash network = accepts.getFirst().request().network();
        Ledger current = ledgerOf(network);
        List<TransferRequest> requests =
                accepts.stream().map(DeskCommand.Accept::request).toList();
        current.claim(requests.stream().map(request -> request.from().key()).toList());
        NamedRequests named = new NamedRequests(store, network, requests);
        List<Transition> requested = new ArrayList<>();
        Map<CompletableFuture<Acceptance>, Acceptance> answers = new HashMap<>();
        Map<CompletableFuture<Acceptance>, TransferRefusedException> refusals = new HashMap<>();
        for (DeskCommand.Accept accept : accepts) {
            try {
                answers.put(accept.answer(), acceptOne(current, accept, requested, named));
            } catch (TransferRefusedException e) {
                // Not before the commit: if that fails, it is judged anew without the others, and may be accepted.
                refusals.put(accept.answer(), e);
            }
        }
        List<Transfer> signed = current.commitRequested(requested);
        acceptedCount.add(requested.size());
        answers.forEach(CompletableFuture::complete);
        refusals.forEach(CompletableFuture::completeExceptionally);
        courier.accept(signed);
    }

    private Acceptance acceptOne(
            Ledger current, DeskCommand.Accept accept, List<Transition> requested, NamedRequests named) {
        TransferRequest request = accept.request();
        Optional<Transfer> earlier = named.earlier(request);
        if (earlier.isPresent()) {
            return new Acceptance(earlier.get(), true);
        }
        String approval = request.approval();
        if (approval != null && !store.isApproved(approval)) {
            throw new TransferRefusedException(
                    TransferRefusedException.NOT_APPROVED, "this transfer was refused meanwhile");
        }
        Transfer transfer = current.request(request, accept.view());
        requested.add(new Transition(transfer, request.actor(), "accepted", null, request.approval()));
        named.add(transfer);
        return new Acceptance(transfer, false);
    }
}
