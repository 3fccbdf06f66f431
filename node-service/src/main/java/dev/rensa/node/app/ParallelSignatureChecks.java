package dev.rensa.node.app;

import dev.rensa.node.chain.SignatureChecks;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.transaction.Transaction;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Checks signatures on all cores, those of blocks before those of single transactions, and none twice in a short time.
 * When too much waits, the caller checks a part itself: so the writer, and with it everybody who gives it work, slows
 * down to what the cores can do.
 */
final class ParallelSignatureChecks implements SignatureChecks, AutoCloseable {

    /** Some two milliseconds of work: long enough to be worth handing over, short enough to share a block evenly. */
    private static final int CHUNK = 64;

    /** 524,288 transactions: some seconds of work, and more than blocks and submissions bring at once. */
    private static final int MAX_WAITING_CHUNKS = 8_192;

    /** While no single transaction came for this long, blocks share none with them: a node that catches up. */
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final Logger LOG = Logger.getLogger(ParallelSignatureChecks.class);

    private final Predicate<Transaction> signatureHolds;
    private final Executor writer;
    private final ThreadPoolExecutor workers;
    private final VerifiedIds verified = new VerifiedIds();

    /** When single transactions came last, as {@link System#nanoTime} counts it. */
    private volatile long singlesNanos = System.nanoTime() - QUIET_NANOS;

    /** The workers' queue bounds both: each chunk in one of these has a place in it. */
    private final Queue<Runnable> ofBlocks = new ConcurrentLinkedQueue<>();

    private final Queue<Runnable> ofTransactions = new ConcurrentLinkedQueue<>();

    ParallelSignatureChecks(BlockHash network, Executor writer) {
        this(
                transaction -> transaction.isSignedFor(network),
                writer,
                Runtime.getRuntime().availableProcessors());
    }

    ParallelSignatureChecks(Predicate<Transaction> signatureHolds, Executor writer, int threads) {
        this.signatureHolds = signatureHolds;
        this.writer = writer;
        this.workers = new ThreadPoolExecutor(
                threads,
                threads,
                1,
                TimeUnit.MINUTES,
                new ArrayBlockingQueue<>(MAX_WAITING_CHUNKS),
                Thread.ofPlatform().name("rensa-signatures-", 0).daemon().factory(),
                new ThreadPoolExecutor.CallerRunsPolicy());
    }

    @Override
    public void check(List<Transaction> transactions, Consumer<boolean[]> whenDone) {
        singlesNanos = System.nanoTime();
        check(transactions, whenDone, ofTransactions);
    }

    @Override
    public <T> void check(
            Supplier<T> preparing, Function<T, List<Transaction>> signed, BiConsumer<T, boolean[]> whenDone) {
        ofBlocks.add(() -> {
            T prepared;
            List<Transaction> transactions;
            try {
                prepared = preparing.get();
                transactions = signed.apply(prepared);
            } catch (RuntimeException | Error e) {
                fail("blocks cannot be checked", e);
                return;
            }
            check(transactions, valid -> whenDone.accept(prepared, valid), ofBlocks);
        });
        workers.execute(this::runNext);
    }

    private void check(List<Transaction> transactions, Consumer<boolean[]> whenDone, Queue<Runnable> lane) {
        boolean[] valid = new boolean[transactions.size()];
        int chunks = Math.ceilDiv(valid.length, CHUNK);
        if (chunks == 0) {
            writer.execute(() -> whenDone.accept(valid));
            return;
        }
        boolean mayRepeat = System.nanoTime() - singlesNanos < QUIET_NANOS;
        AtomicInteger left = new AtomicInteger(chunks);
        for (int start = 0; start < valid.length; start += CHUNK) {
            int from = start;
            int to = Math.min(start + CHUNK, valid.length);
            lane.add(() -> {
                if (checkRange(transactions, valid, from, to, mayRepeat)
                        // The counter's memory effects publish what each worker wrote to the array.
                        && left.decrementAndGet() == 0) {
                    writer.execute(() -> whenDone.accept(valid));
                }
            });
            workers.execute(this::runNext);
        }
    }

    /** Called once for each chunk, whichever that is by then. */
    private void runNext() {
        Runnable chunk = ofBlocks.poll();
        if (chunk == null) {
            chunk = ofTransactions.poll();
        }
        if (chunk != null) {
            try {
                chunk.run();
            } catch (RejectedExecutionException e) {
                LOG.debug("the node is stopping; a verdict is dropped", e);
            }
        }
    }

    private boolean checkRange(List<Transaction> transactions, boolean[] valid, int from, int to, boolean mayRepeat) {
        try {
            for (int i = from; i < to; i++) {
                Transaction transaction = transactions.get(i);
                valid[i] = mayRepeat ? holdsOrDid(transaction) : signatureHolds.test(transaction);
            }
            return true;
        } catch (RuntimeException | Error e) {
            fail("signatures cannot be checked", e);
            return false;
        }
    }

    /** Ours, never the sender's: no verdict would be true, so the writer stops the node. */
    private void fail(String what, Throwable cause) {
        writer.execute(() -> {
            throw new AssertionError(what, cause);
        });
    }

    private boolean holdsOrDid(Transaction transaction) {
        if (verified.contains(transaction.id())) {
            return true;
        }
        boolean holds = signatureHolds.test(transaction);
        if (holds) {
            verified.add(transaction.id());
        }
        return holds;
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
