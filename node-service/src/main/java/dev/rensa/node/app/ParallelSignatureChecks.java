package dev.rensa.node.app;

import dev.rensa.node.chain.SignatureChecks;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.transaction.Transaction;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Checks signatures on all cores. When too much waits, the caller checks a part itself: so the writer, and with it
 * everybody who gives it work, slows down to what the cores can do.
 */
final class ParallelSignatureChecks implements SignatureChecks, AutoCloseable {

    /** Some two milliseconds of work: long enough to be worth handing over, short enough to share a block evenly. */
    private static final int CHUNK = 64;

    /** 524,288 transactions: some seconds of work, and more than blocks and submissions bring at once. */
    private static final int MAX_WAITING_CHUNKS = 8_192;

    private final BlockHash network;
    private final Executor writer;
    private final ThreadPoolExecutor workers;

    ParallelSignatureChecks(BlockHash network, Executor writer) {
        this.network = network;
        this.writer = writer;
        int cores = Runtime.getRuntime().availableProcessors();
        this.workers = new ThreadPoolExecutor(
                cores,
                cores,
                1,
                TimeUnit.MINUTES,
                new ArrayBlockingQueue<>(MAX_WAITING_CHUNKS),
                Thread.ofPlatform().name("rensa-signatures-", 0).daemon().factory(),
                new ThreadPoolExecutor.CallerRunsPolicy());
    }

    @Override
    public void check(List<Transaction> transactions, Consumer<boolean[]> whenDone) {
        boolean[] valid = new boolean[transactions.size()];
        int chunks = Math.ceilDiv(valid.length, CHUNK);
        if (chunks == 0) {
            writer.execute(() -> whenDone.accept(valid));
            return;
        }
        AtomicInteger left = new AtomicInteger(chunks);
        for (int start = 0; start < valid.length; start += CHUNK) {
            int from = start;
            int to = Math.min(start + CHUNK, valid.length);
            workers.execute(() -> {
                try {
                    for (int i = from; i < to; i++) {
                        valid[i] = transactions.get(i).isSignedFor(network);
                    }
                } catch (RuntimeException | Error e) {
                    fail("signatures cannot be checked", e);
                    return;
                }
                // The counter's memory effects publish what each worker wrote to the array.
                if (left.decrementAndGet() == 0) {
                    writer.execute(() -> whenDone.accept(valid));
                }
            });
        }
    }

    @Override
    public <T> void check(
            Supplier<T> preparing, Function<T, List<Transaction>> signed, BiConsumer<T, boolean[]> whenDone) {
        workers.execute(() -> {
            T prepared;
            List<Transaction> transactions;
            try {
                prepared = preparing.get();
                transactions = signed.apply(prepared);
            } catch (RuntimeException | Error e) {
                fail("blocks cannot be checked", e);
                return;
            }
            check(transactions, valid -> whenDone.accept(prepared, valid));
        });
    }

    /** Ours, never the sender's: no verdict would be true, so the writer stops the node. */
    private void fail(String what, Throwable cause) {
        writer.execute(() -> {
            throw new AssertionError(what, cause);
        });
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
