package dev.rensa.wallet.api;

import dev.rensa.wallet.transfer.Notice;
import dev.rensa.wallet.transfer.StoreException;
import dev.rensa.wallet.transfer.TransferFeed;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Tells the steps of transfers and received payments to whoever listens, from wherever he left off. Each listener reads the audit log at his own
 * pace, a page at a time, so a slow one costs a page of memory and nothing is lost to him. One thread looks whether the log
 * grew, by whichever process.
 */
public final class TransferStreams implements AutoCloseable {

    /** Listeners at once. */
    static final int MAX_LISTENERS = 256;

    /** Listeners of one caller at once: nobody takes the places of all others. */
    static final int MAX_LISTENERS_A_CALLER = 64;

    /** Steps read for a listener at once. */
    private static final int PAGE = 200;

    /** Listeners that read at once: the database's connections are for payments first. */
    private static final int MAX_READS = 2;

    /** Lines that a listener may ask for ahead: a connection asks for one behind the other. */
    private static final int MAX_ASKED = 1_000_000;

    /** How long a listener may take nothing before he is cut off; he comes back to where he was. */
    private static final long PATIENCE_SECONDS = 60;

    private static final long LOOK_MILLIS = 200;

    private static final System.Logger LOG = System.getLogger(TransferStreams.class.getName());

    private final TransferFeed feed;
    private final long heartbeatMillis;

    /** How many listen, by who they are. Guarded by itself. */
    private final Map<String, Integer> listeners = new HashMap<>();

    private final Semaphore reads = new Semaphore(MAX_READS);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();

    /** Guarded by {@link #lock}. */
    private long last;

    private volatile boolean stopping;
    private final Thread watcher;

    /**
     * Opens it.
     *
     * @param heartbeatMillis longest silence towards a listener
     */
    public TransferStreams(TransferFeed feed, long heartbeatMillis) {
        this.feed = feed;
        this.heartbeatMillis = heartbeatMillis;
        this.watcher = Thread.ofPlatform().name("transfer-events").daemon().start(this::watch);
    }

    /**
     * Something to be sent.
     *
     * @param place where the listener stands behind it: he comes back with it
     * @param notice null for a sign of life
     * @param gap whether his place was none of this log
     */
    record Line(EventPlace place, @Nullable Notice notice, boolean gap) {}

    /** How many listen. */
    public int listenerCount() {
        synchronized (listeners) {
            return listeners.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    /**
     * A stream. It ends when its listener may not call any more.
     *
     * @param after the place that the listener saw last; null for all from now on
     */
    Multi<Line> open(TransferFeed.Filter filter, @Nullable EventPlace after, Caller.Standing who) {
        if (!hasRoom(who.name())) {
            throw new ApiProblem(
                    503,
                    "too-many-listeners",
                    "as many clients listen as may, " + MAX_LISTENERS + ", or " + MAX_LISTENERS_A_CALLER
                            + " of one caller: try again later");
        }
        Semaphore asked = new Semaphore(0);
        return Multi.createFrom()
                .<Line>emitter(
                        emitter -> {
                            if (!seat(who.name())) {
                                // Somebody else took the last place between the look and here.
                                emitter.complete();
                                return;
                            }
                            Thread thread = Thread.ofVirtual()
                                    .name("transfer-listener")
                                    .unstarted(() -> serve(new Listener(emitter, asked, filter, who), after));
                            emitter.onTermination(thread::interrupt);
                            thread.start();
                        },
                        BackPressureStrategy.IGNORE)
                .onRequest()
                .invoke(count -> asked.release((int) Math.min(count, MAX_ASKED - asked.availablePermits())));
    }

    private boolean hasRoom(String name) {
        synchronized (listeners) {
            return listeners.getOrDefault(name, 0) < MAX_LISTENERS_A_CALLER && listenerCount() < MAX_LISTENERS;
        }
    }

    /** Takes a place; it is given back when the stream ends. */
    private boolean seat(String name) {
        synchronized (listeners) {
            boolean room = hasRoom(name);
            if (room) {
                listeners.merge(name, 1, Integer::sum);
            }
            return room;
        }
    }

    private void leave(String name) {
        synchronized (listeners) {
            listeners.computeIfPresent(name, (same, count) -> count == 1 ? null : count - 1);
        }
    }

    private record Listener(
            MultiEmitter<? super Line> emitter, Semaphore asked, TransferFeed.Filter filter, Caller.Standing who) {
        /** False when he takes nothing. */
        boolean tell(Line line) throws InterruptedException {
            if (!asked.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return false;
            }
            emitter.emit(line);
            return true;
        }
    }

    private void serve(Listener listener, @Nullable EventPlace after) {
        try {
            EventPlace now = new EventPlace(feed.epoch(), feed.last());
            boolean gap = after != null && !after.isWithin(now);
            EventPlace from = after == null || gap ? now : now.at(after.sequence());
            if (listener.tell(new Line(from, null, gap))) {
                follow(listener, from);
            }
        } catch (InterruptedException e) {
            LOG.log(System.Logger.Level.DEBUG, "a listener left");
        } catch (StoreException e) {
            LOG.log(System.Logger.Level.DEBUG, "a listener is sent away until the database answers", e);
        } finally {
            leave(listener.who().name());
            listener.emitter().complete();
        }
    }

    private void follow(Listener listener, EventPlace from) throws InterruptedException {
        long position = from.sequence();
        long toldNanos = System.nanoTime();
        while (!stopping && !listener.emitter().isCancelled() && listener.who().holds()) {
            TransferFeed.Page page = read(position, listener.filter());
            for (Notice notice : page.notices()) {
                if (!listener.tell(new Line(from.at(notice.sequence()), notice, false))) {
                    return;
                }
                toldNanos = System.nanoTime();
            }
            boolean isCaughtUp = page.upTo() == position;
            position = page.upTo();
            if (isCaughtUp) {
                awaitBeyond(position);
            }
            if (System.nanoTime() - toldNanos >= TimeUnit.MILLISECONDS.toNanos(heartbeatMillis)) {
                if (!listener.tell(new Line(from.at(position), null, false))) {
                    return;
                }
                toldNanos = System.nanoTime();
            }
        }
    }

    private TransferFeed.Page read(long position, TransferFeed.Filter filter) throws InterruptedException {
        reads.acquire();
        try {
            return feed.after(position, filter, PAGE);
        } finally {
            reads.release();
        }
    }

    /** Waits for something new, for a heartbeat at most. */
    private void awaitBeyond(long position) throws InterruptedException {
        long left = TimeUnit.MILLISECONDS.toNanos(heartbeatMillis);
        lock.lockInterruptibly();
        try {
            while (last <= position && left > 0 && !stopping) {
                left = news.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private void watch() {
        while (!stopping) {
            try {
                Thread.sleep(LOOK_MILLIS);
                if (listenerCount() > 0) {
                    tell(feed.last());
                }
            } catch (StoreException e) {
                LOG.log(System.Logger.Level.DEBUG, "the log of transfers could not be looked at", e);
            } catch (InterruptedException e) {
                // close() wakes us so; the loop's condition tells.
                LOG.log(System.Logger.Level.DEBUG, "the watch over transfers was woken");
            }
        }
    }

    private void tell(long now) {
        lock.lock();
        try {
            if (now != last) {
                last = now;
                news.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends every stream. */
    @Override
    public void close() {
        stopping = true;
        watcher.interrupt();
        lock.lock();
        try {
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
