package dev.rensa.node.app;

import dev.rensa.node.api.Miner;
import dev.rensa.node.api.ProblemException;
import dev.rensa.node.mining.BlockDraft;
import dev.rensa.node.mining.BlockTemplate;
import dev.rensa.node.mining.HashBudget;
import dev.rensa.node.mining.MinerSwitch;
import dev.rensa.node.mining.MiningMode;
import dev.rensa.node.mining.NonceSearch;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.verdict.RejectionReason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Looks for blocks in slices, within the cap, as long as the mode and the state of the node allow it. */
final class MinerThread implements Miner, AutoCloseable {

    /** Time between two looks at the head while hashing; also what a new head costs at most. */
    private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(40);

    /** Most hashes of a slice without a cap worth the name: some forty milliseconds. */
    private static final long MAX_SLICE = 250_000;

    /** A template takes in new transactions once it is this old, and a new time. */
    private static final long REFRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private static final long STALE_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** Rest while there is nothing to mine. */
    private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** Rest after a failure, so that one which stays does not fill the log. */
    private static final long FAILURE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final Logger LOG = Logger.getLogger(MinerThread.class);

    private final BlockMaker maker;
    private final RequestedMining requested;
    private final MiningMode mode;
    private final long maxHashesPerSecond;
    private final PublicKey account;
    private final long heartbeatMillis;
    private final MinerSwitch ordered;
    private final HashRate rate = new HashRate(System.nanoTime());
    private final AtomicLong blocksFound = new AtomicLong();
    private final Thread thread;

    /** Asked for to replace the template that is searched. Touched by the miner's thread alone. */
    private @Nullable CompletionStage<BlockDraft> fresher;

    private volatile boolean closed;

    /** Prepares the thread; {@link #begin} starts it. */
    MinerThread(BlockMaker maker, NodeConfig.Mining config, PublicKey account) {
        this.maker = maker;
        this.mode = config.mode();
        this.maxHashesPerSecond = config.maxHashesPerSecond();
        this.account = account;
        this.heartbeatMillis = config.heartbeat().toMillis();
        this.ordered = new MinerSwitch(config.enabled() && mode != MiningMode.MANUAL);
        this.requested = new RequestedMining(maker, rate, blocksFound);
        this.thread = Thread.ofPlatform().name("rensa-miner").daemon().unstarted(this::run);
    }

    void begin() {
        thread.start();
    }

    /** Hashes since the start. */
    long totalHashes() {
        return rate.total();
    }

    @Override
    public Status status() {
        return new Status(mode, isRunning(), rate.perSecond(), maxHashesPerSecond, account, blocksFound.get());
    }

    @Override
    public void start() {
        if (mode == MiningMode.MANUAL) {
            throw new ProblemException(
                    RejectionReason.NOT_MINING_MODE,
                    "this node mines by hand alone (rensa.mining.mode=manual): use POST /mine");
        }
        ordered.turn(true);
        LockSupport.unpark(thread);
    }

    @Override
    public void stop() {
        ordered.turn(false);
    }

    @Override
    public void rest(Duration time) {
        ordered.rest(time, System.nanoTime());
    }

    private boolean isRunning() {
        return ordered.isOn(System.nanoTime());
    }

    @Override
    public CompletionStage<List<Block>> mine(Optional<PublicKey> wished, int count) {
        return requested.mine(wished.orElse(account), count);
    }

    /** Ends the search within a slice. */
    @Override
    public void close() {
        closed = true;
        ordered.turn(false);
        requested.close();
        thread.interrupt();
        try {
            if (thread.isAlive()) {
                thread.join(Duration.ofSeconds(1));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closed) {
            try {
                if (hasSomethingToMine()) {
                    search(nextTemplate());
                } else {
                    rate.pause(System.nanoTime());
                    LockSupport.parkNanos(IDLE_NANOS);
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException | Error e) {
                if (!closed) {
                    LOG.error("The miner failed; it tries again in some seconds", e);
                    LockSupport.parkNanos(FAILURE_NANOS);
                }
            }
        }
    }

    private boolean hasSomethingToMine() {
        if (!isRunning() || !maker.isCaughtUp()) {
            return false;
        }
        return switch (mode) {
            case CONTINUOUS -> true;
            case ON_DEMAND -> maker.pendingTransactions() > 0 || maker.headAgeMillis() >= heartbeatMillis;
            case MANUAL -> false;
        };
    }

    /** The one that was asked for while the last was searched, if it still builds upon the head. */
    private BlockTemplate nextTemplate() throws InterruptedException {
        CompletionStage<BlockDraft> asked = fresher;
        if (asked != null) {
            fresher = null;
            BlockTemplate template = BlockMaker.await(asked).complete();
            if (maker.isCurrent(template)) {
                return template;
            }
        }
        return maker.template(account);
    }

    /** Searches until a block is found, or something makes another template better. */
    private void search(BlockTemplate template) throws InterruptedException {
        long beganNanos = System.nanoTime();
        long bytesAtStart = maker.bytesWaiting();
        HashBudget budget = new HashBudget(maxHashesPerSecond, beganNanos);
        long slice = Math.clamp(maxHashesPerSecond * SLICE_NANOS / TimeUnit.SECONDS.toNanos(1), 1, MAX_SLICE);
        for (long nonce = 0; isWorthwhile(template, beganNanos, bytesAtStart); nonce += slice) {
            long waitNanos = budget.nanosUntil(slice, System.nanoTime());
            if (waitNanos > 0) {
                TimeUnit.NANOSECONDS.sleep(waitNanos);
            }
            OptionalLong found = NonceSearch.search(template.header(), nonce, slice);
            budget.spend(slice);
            rate.count(slice, System.nanoTime());
            if (found.isPresent()) {
                if (maker.offer(template.withNonce(found.getAsLong()))) {
                    blocksFound.incrementAndGet();
                }
                return;
            }
        }
    }

    private boolean isWorthwhile(BlockTemplate template, long beganNanos, long bytesAtStart) {
        long ageNanos = System.nanoTime() - beganNanos;
        boolean outdated = ageNanos > STALE_NANOS
                || (ageNanos > REFRESH_NANOS && !template.full() && maker.bytesWaiting() != bytesAtStart);
        if (outdated && fresher == null) {
            // Until it is there the search goes on: a busy writer must not cost work.
            fresher = maker.draft(account);
        }
        boolean replaced = fresher != null && fresher.toCompletableFuture().isDone();
        return !closed && isRunning() && !replaced && maker.isCurrent(template);
    }
}
