package dev.rensa.explorer.app;

import dev.rensa.explorer.api.LiveNetwork;
import dev.rensa.explorer.index.ChainIndexer;
import dev.rensa.explorer.index.ChainStore;
import dev.rensa.explorer.index.IndexCursor;
import dev.rensa.protocol.crypto.BlockHash;
import jakarta.inject.Singleton;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The one thread that writes the index. */
@Singleton
class IndexLoop implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(IndexLoop.class);

    /** How long a new head may wait: less than a person notices, and looking costs three primary-key reads. */
    private static final long LOOK_EVERY_MILLIS = 200;

    /** How long a stop waits for the batch under way; one that takes longer is left to the database to undo. */
    private static final long STOP_SECONDS = 5;

    /** A step of the deepest reorganisation takes a minute; longer than this, only a thread that hangs. */
    private static final long LONGEST_STEP_NANOS = TimeUnit.MINUTES.toNanos(5);

    private final ChainIndexer indexer;
    private final ChainStore store;
    private final LiveNetwork live;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("index").daemon().factory());

    /** Touched by the thread alone. */
    private @Nullable BlockHash told;

    /** Touched by the thread alone. */
    private boolean failing;

    private volatile long turnedNanos = System.nanoTime();

    IndexLoop(ChainIndexer indexer, ChainStore store, LiveNetwork live) {
        this.indexer = indexer;
        this.store = store;
        this.live = live;
    }

    void start() {
        var _ = thread.scheduleWithFixedDelay(
                this::catchUp, LOOK_EVERY_MILLIS, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void catchUp() {
        try {
            boolean more = true;
            while (more && !thread.isShutdown()) {
                turnedNanos = System.nanoTime();
                more = indexer.step();
                tell();
            }
            if (failing) {
                LOG.info("The index comes on again");
                failing = false;
            }
        } catch (RuntimeException | Error e) {
            // Once: a database that is away is asked five times a second.
            if (!failing) {
                LOG.error("The index could not be brought forward; it is tried again and again", e);
                failing = true;
            }
        }
    }

    /** Whether steps are taken; one that fails is a step too. */
    boolean isAlive() {
        return System.nanoTime() - turnedNanos < LONGEST_STEP_NANOS;
    }

    private void tell() {
        IndexCursor cursor = store.cursor().orElse(null);
        if (cursor != null && !cursor.hash().equals(told)) {
            told = cursor.hash();
            live.indexed(cursor.height(), cursor.hash().toHex());
        }
    }

    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
