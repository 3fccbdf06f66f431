package dev.rensa.wallet.webhook;

import org.jspecify.annotations.Nullable;

/**
 * A step that a webhook is still to be told of, or that was given up.
 *
 * @param sequence the step's number
 * @param state {@link #WAITING} or {@link #DEAD}
 * @param attempts so far
 * @param nextAtMillis not before this time; while somebody tries, the time when others may
 * @param lastAtMillis time of the last attempt
 * @param lastResult how it went, in a few words
 */
public record Delivery(
        String webhook,
        long sequence,
        String state,
        int attempts,
        long nextAtMillis,
        @Nullable Long lastAtMillis,
        @Nullable String lastResult) {

    public static final String WAITING = "waiting";
    public static final String DEAD = "dead";

    /** Most that wait of one webhook; what is beyond waits in the audit log. */
    public static final int MAX_WAITING = 10_000;

    /** Most that were given up of one webhook and are kept; the oldest are deleted. */
    public static final int MAX_DEAD = 10_000;
}
