package dev.rensa.wallet.webhook;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * When a delivery is tried again.
 *
 * @param waits behind each attempt that failed; behind the last of them it is given up
 */
public record Retries(List<Duration> waits) {

    /** Most attempts that may be configured. */
    public static final int MAX_WAITS = 30;

    /** Longest rest that a receiver is given that takes nothing at all. */
    private static final long LONGEST_REST_MILLIS = 300_000;

    private static final long FIRST_REST_MILLIS = 1000;
    private static final int MAX_DOUBLINGS = 20;

    public Retries {
        waits = List.copyOf(waits);
    }

    /** When the next attempt is due, empty when there is none. */
    OptionalLong next(int attempts, long nowMillis) {
        return attempts > waits.size()
                ? OptionalLong.empty()
                : OptionalLong.of(nowMillis + waits.get(attempts - 1).toMillis());
    }

    /** How long a receiver is left alone behind so many failures in a row. */
    static long rest(int failures) {
        return Math.min(LONGEST_REST_MILLIS, FIRST_REST_MILLIS << Math.min(failures, MAX_DOUBLINGS));
    }
}
