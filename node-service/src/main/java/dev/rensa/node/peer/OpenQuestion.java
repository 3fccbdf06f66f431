package dev.rensa.node.peer;

import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.verdict.RejectionReason;
import org.jspecify.annotations.Nullable;

/**
 * A question that a peer owes an answer to. When its time is over others are asked the same; it stays open all the same, so
 * that a late answer is understood. For one thread.
 */
public class OpenQuestion {

    /** A peer that owes an answer for this long is let go. */
    public static final long MAX_SILENCE_MILLIS = 60_000;

    private final Message message;
    private final long sentMillis;
    private boolean expired;
    private Timers.@Nullable Cancellable timeout;

    public OpenQuestion(Message message, long sentMillis) {
        this.message = message;
        this.sentMillis = sentMillis;
    }

    /** Lets a peer go that has owed an answer for too long. */
    public static void endIfSilent(PeerLink link, long oldestSentMillis, long nowMillis) {
        if (oldestSentMillis < nowMillis - MAX_SILENCE_MILLIS) {
            link.disconnect(new Rejection(
                    RejectionReason.TIMED_OUT, "no answer within " + MAX_SILENCE_MILLIS / 1_000 + " seconds"));
        }
    }

    public Message message() {
        return message;
    }

    public long sentMillis() {
        return sentMillis;
    }

    /** Whether its time is over. */
    public boolean isExpired() {
        return expired;
    }

    /** What happens when its time is over. */
    public void expireAfter(Timers timers, long millis, Runnable whenExpired) {
        timeout = timers.after(millis, () -> {
            expired = true;
            whenExpired.run();
        });
    }

    public void cancelTimeout() {
        if (timeout != null) {
            timeout.cancel();
        }
    }
}
