package dev.rensa.wallet.transfer;

import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Name of a transfer. Names of later transfers are greater, so that their order is the order of their making.
 *
 * @param value 32 lower-case hexadecimal digits: 48 bits of milliseconds, 16 bits of a counter, 64 random bits
 */
public record TransferId(String value) implements Comparable<TransferId> {

    @Override
    public int compareTo(TransferId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }

    /** Makes names. For one thread. */
    static final class Source {
        private static final int COUNTER_BITS = 16;

        private final SecureRandom random;
        private long last;

        Source(SecureRandom random) {
            this.random = random;
        }

        /** A name greater than all before, also when the clock stands still or goes back. */
        TransferId next(long nowMillis) {
            last = Math.max(last + 1, nowMillis << COUNTER_BITS);
            HexFormat hex = HexFormat.of();
            return new TransferId(hex.toHexDigits(last) + hex.toHexDigits(random.nextLong()));
        }
    }
}
