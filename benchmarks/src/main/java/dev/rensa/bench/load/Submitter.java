package dev.rensa.bench.load;

import dev.rensa.network.client.NodeClient;
import dev.rensa.network.client.RefusedException;
import dev.rensa.protocol.api.BatchView;
import dev.rensa.protocol.transaction.Transaction;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Feeds a load to one node over one connection, a packed batch at a time, in order. What is refused is counted and sent
 * again, as a client would have to: a nonce that is left out would hold up all that come after it.
 */
public final class Submitter implements Callable<Submitter> {

    private static final long PAUSE_NANOS = Duration.ofMillis(2).toNanos();
    private static final long RETRY_NANOS = Duration.ofMillis(50).toNanos();

    /** Ten seconds: a node that refuses for longer is not going to take it. */
    private static final int MAX_TRIES = 200;

    private final NodeClient node;
    private final SignedLoad load;
    private final BooleanSupplier holdBack;
    private final long[] sentNanos;
    private volatile int accepted;
    private final LongAdder refused = new LongAdder();
    private volatile boolean stopped;

    /**
     * Prepares a feed; {@link #call} runs it.
     *
     * @param holdBack whether so much is under way that the next batch should wait
     */
    public Submitter(NodeClient node, SignedLoad load, BooleanSupplier holdBack) {
        this.node = node;
        this.load = load;
        this.holdBack = holdBack;
        this.sentNanos = new long[load.batches()];
    }

    public void stop() {
        stopped = true;
    }

    public SignedLoad load() {
        return load;
    }

    /** Batches of which every transfer was accepted: the first ones, without a gap. */
    public int acceptedBatches() {
        return accepted;
    }

    /** How often a transfer was refused, those that were accepted later included. */
    public long refused() {
        return refused.sum();
    }

    /** When an accepted batch was sent first. */
    public long sentNanos(int batch) {
        return sentNanos[batch];
    }

    @Override
    public Submitter call() {
        for (int batch = 0; batch < load.batches() && !stopped; batch++) {
            while (holdBack.getAsBoolean() && !stopped) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            sentNanos[batch] = System.nanoTime();
            submit(load.batch(batch));
            accepted = batch + 1;
        }
        return this;
    }

    private void submit(byte[] packed) {
        byte[] left = packed;
        String why = "";
        for (int tries = 0; tries < MAX_TRIES; tries++) {
            try {
                BatchView answer = node.submitPacked(left);
                if (answer.rejected() == 0) {
                    return;
                }
                refused.add(answer.rejected());
                why = answer.rejections().getFirst().detail();
                left = rejected(left, answer.rejections());
            } catch (RefusedException e) {
                refused.add(left.length / Transaction.MIN_BYTES);
                why = String.valueOf(e.getMessage());
            }
            LockSupport.parkNanos(RETRY_NANOS);
        }
        throw new IllegalStateException(node + " refuses transfers of the load for good: " + why);
    }

    private static byte[] rejected(byte[] packed, List<BatchView.RejectedView> rejections) {
        byte[] rest = new byte[rejections.size() * Transaction.MIN_BYTES];
        for (int i = 0; i < rejections.size(); i++) {
            int from = rejections.get(i).index() * Transaction.MIN_BYTES;
            byte[] one = Arrays.copyOfRange(packed, from, from + Transaction.MIN_BYTES);
            System.arraycopy(one, 0, rest, i * Transaction.MIN_BYTES, one.length);
        }
        return rest;
    }
}
