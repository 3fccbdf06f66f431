package dev.rensa.node.peer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Memory for what all peers together send. A long frame takes its whole length here before it is read and gives it back when
 * the writer has dealt with it, so a frame that has begun can always end. Who gets none waits in turn, and its connection
 * stops reading meanwhile. Each frame also counts in purses, of which none holds the whole budget: who has emptied its own
 * waits without holding up those behind it. Safe for use by several threads.
 */
final class ReceiveBudget {

    private final long maximumBytes;
    private final Set<Share> waiting = new LinkedHashSet<>();

    /** What is granted by the owner of the purse. */
    private final Map<Object, Long> usedByOwner = new HashMap<>();

    private long usedBytes;

    /**
     * The part of the budget that somebody may hold. A first frame is granted however long it is.
     *
     * @param owner whose purse it is; equal owners share one
     */
    record Purse(Object owner, long maximumBytes) {}

    /** Room for one frame. */
    final class Share {
        private final int bytes;
        private final List<Purse> purses;
        private final Runnable whenGranted;
        private boolean granted;
        private boolean released;

        private Share(int bytes, List<Purse> purses, Runnable whenGranted) {
            this.bytes = bytes;
            this.purses = purses;
            this.whenGranted = whenGranted;
        }

        boolean isGranted() {
            synchronized (ReceiveBudget.this) {
                return granted;
            }
        }

        /** Whether somebody waits for what this holds: then it should be used briskly. */
        boolean isWaitedFor() {
            synchronized (ReceiveBudget.this) {
                return granted && waiting.stream().anyMatch(other -> pursesHold(other) || other.lacks(purses));
            }
        }

        /** Whether one of these purses is too empty for it. */
        private boolean lacks(List<Purse> held) {
            return purses.stream().anyMatch(purse -> held.contains(purse) && !holds(purse, bytes));
        }

        /** Gives it back, or stops waiting for it. Harmless when done before. */
        void release() {
            List<Share> next;
            synchronized (ReceiveBudget.this) {
                if (released) {
                    return;
                }
                released = true;
                if (granted) {
                    book(this, -bytes);
                } else {
                    waiting.remove(this);
                }
                next = grantWaiting();
            }
            next.forEach(share -> share.whenGranted.run());
        }
    }

    /** Takes a maximum that holds the longest frame. */
    ReceiveBudget(long maximumBytes) {
        this.maximumBytes = maximumBytes;
    }

    long maximumBytes() {
        return maximumBytes;
    }

    /** Asks for room; {@code whenGranted} runs, on any thread, only if it is not granted within this call. */
    synchronized Share ask(int bytes, List<Purse> purses, Runnable whenGranted) {
        Share share = new Share(bytes, purses, whenGranted);
        if (pursesHold(share) && fits(share) && waiting.stream().noneMatch(this::pursesHold)) {
            grant(share);
        } else {
            waiting.add(share);
        }
        return share;
    }

    synchronized long usedBytes() {
        return usedBytes;
    }

    /** How many shares are waited for. */
    synchronized int waiting() {
        return waiting.size();
    }

    private List<Share> grantWaiting() {
        List<Share> granted = new ArrayList<>();
        for (Iterator<Share> inTurn = waiting.iterator(); inTurn.hasNext(); ) {
            Share next = inTurn.next();
            if (pursesHold(next)) {
                if (!fits(next)) {
                    break;
                }
                inTurn.remove();
                grant(next);
                granted.add(next);
            }
        }
        return granted;
    }

    private boolean fits(Share share) {
        return usedBytes + share.bytes <= maximumBytes;
    }

    private boolean pursesHold(Share share) {
        return share.purses.stream().allMatch(purse -> holds(purse, share.bytes));
    }

    private boolean holds(Purse purse, int bytes) {
        long used = usedByOwner.getOrDefault(purse.owner(), 0L);
        return used == 0 || used + bytes <= purse.maximumBytes();
    }

    private void grant(Share share) {
        share.granted = true;
        book(share, share.bytes);
    }

    private void book(Share share, long bytes) {
        usedBytes += bytes;
        for (Purse purse : share.purses) {
            usedByOwner.merge(purse.owner(), bytes, (used, more) -> used + more == 0 ? null : used + more);
        }
    }
}
