package dev.rensa.node.api;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Lets only so many answers be made and sent at once that take much memory; who comes later waits in turn. Thread-safe. */
final class DearAnswers {

    private final int mostAtOnce;
    private final int mostWaiting;
    private final Deque<Ticket> waiting = new ArrayDeque<>();
    private int granted;

    /** The right to one answer. */
    final class Ticket {
        private final Runnable whenGranted;
        private boolean isGranted;
        private boolean isReleased;

        private Ticket(Runnable whenGranted) {
            this.whenGranted = whenGranted;
        }

        boolean isGranted() {
            synchronized (DearAnswers.this) {
                return isGranted;
            }
        }

        /** Waits no longer; false if it was granted before. */
        boolean giveUp() {
            synchronized (DearAnswers.this) {
                waiting.remove(this);
                return !isGranted;
            }
        }

        /** The answer is made and gone. Harmless when said before. */
        void release() {
            Optional<Ticket> next;
            synchronized (DearAnswers.this) {
                if (isReleased || !isGranted) {
                    return;
                }
                isReleased = true;
                granted--;
                next = grantNext();
            }
            next.ifPresent(ticket -> ticket.whenGranted.run());
        }
    }

    /**
     * Nobody is here yet.
     *
     * @param mostAtOnce answers that are made or on their way
     * @param mostWaiting questions that wait beside
     */
    DearAnswers(int mostAtOnce, int mostWaiting) {
        this.mostAtOnce = mostAtOnce;
        this.mostWaiting = mostWaiting;
    }

    /**
     * Asks for a ticket, which may have to wait.
     *
     * @param whenGranted runs, on any thread, only if it is not granted within this call
     * @return empty if too many wait
     */
    synchronized Optional<Ticket> ask(Runnable whenGranted) {
        if (granted == mostAtOnce && waiting.size() == mostWaiting) {
            return Optional.empty();
        }
        Ticket ticket = new Ticket(whenGranted);
        waiting.add(ticket);
        var _ = grantNext();
        return Optional.of(ticket);
    }

    private Optional<Ticket> grantNext() {
        if (granted == mostAtOnce || waiting.isEmpty()) {
            return Optional.empty();
        }
        Ticket next = waiting.remove();
        next.isGranted = true;
        granted++;
        return Optional.of(next);
    }

    synchronized boolean isWaitedFor() {
        return !waiting.isEmpty();
    }
}
