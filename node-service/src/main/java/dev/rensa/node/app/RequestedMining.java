package dev.rensa.node.app;

import dev.rensa.node.api.ProblemException;
import dev.rensa.node.mining.BlockTemplate;
import dev.rensa.node.mining.NonceSearch;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.verdict.RejectionReason;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Mining because somebody asked for it and waits: uncapped, one request after another, on a thread of its own. */
final class RequestedMining implements AutoCloseable {

    /** Requests that may wait. */
    private static final int MAX_WAITING = 16;

    /** A request ends after this, however few blocks it has found. */
    private static final long MAX_NANOS = TimeUnit.MINUTES.toNanos(2);

    /** Hashes between two looks at the head: some twenty milliseconds. */
    private static final long SLICE = 100_000;

    private final BlockMaker maker;
    private final HashRate rate;
    private final AtomicLong blocksFound;
    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
            0,
            1,
            10,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MAX_WAITING),
            Thread.ofPlatform().name("rensa-requested-mining-", 0).daemon().factory());

    RequestedMining(BlockMaker maker, HashRate rate, AtomicLong blocksFound) {
        this.maker = maker;
        this.rate = rate;
        this.blocksFound = blocksFound;
    }

    CompletionStage<List<Block>> mine(PublicKey account, int count) {
        try {
            return CompletableFuture.supplyAsync(() -> mineAll(account, count), thread);
        } catch (RejectedExecutionException e) {
            throw new ProblemException(
                    RejectionReason.NOT_READY,
                    MAX_WAITING + " requests to mine are waiting already, or the node is stopping");
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private List<Block> mineAll(PublicKey account, int count) {
        long deadlineNanos = System.nanoTime() + MAX_NANOS;
        List<Block> mined = new ArrayList<>();
        try {
            while (mined.size() < count) {
                if (maker.isJoining()) {
                    throw new ProblemException(
                            RejectionReason.NOT_READY,
                            "this node is still joining from a snapshot: let another one mine");
                }
                BlockTemplate template = maker.template(account);
                OptionalLong nonce = search(template, deadlineNanos);
                // Without a nonce another block took its place: begin again on top of that.
                if (nonce.isPresent()) {
                    Block block = template.withNonce(nonce.getAsLong());
                    if (maker.offer(block)) {
                        blocksFound.incrementAndGet();
                        mined.add(block);
                    }
                }
            }
            return mined;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(
                    new ProblemException(RejectionReason.SHUTTING_DOWN, "this node is stopping: ask another one"));
        }
    }

    private OptionalLong search(BlockTemplate template, long deadlineNanos) throws InterruptedException {
        for (long nonce = 0; maker.isCurrent(template); nonce += SLICE) {
            if (Thread.interrupted()) {
                throw new InterruptedException("the node is stopping");
            }
            if (System.nanoTime() - deadlineNanos > 0) {
                throw new ProblemException(
                        RejectionReason.NOT_READY,
                        "the blocks were not found within " + TimeUnit.NANOSECONDS.toSeconds(MAX_NANOS)
                                + " seconds: this network's target is too hard for one request");
            }
            OptionalLong found = NonceSearch.search(template.header(), nonce, SLICE);
            rate.count(found.isPresent() ? found.getAsLong() - nonce + 1 : SLICE, System.nanoTime());
            if (found.isPresent()) {
                return found;
            }
        }
        return OptionalLong.empty();
    }
}
