package dev.rensa.protocol.money;

import java.math.BigDecimal;

/**
 * An amount of money in <i>mon</i> (文), the smallest unit: 1 coin is 100,000,000 mon. Never negative; sums and
 * differences are exact, and what cannot be represented throws {@link ArithmeticException}.
 *
 * @param mon 0 to 2⁶³ − 1
 */
public record Amount(long mon) implements Comparable<Amount> {

    /** Mon in one coin. */
    public static final long MON_PER_COIN = 100_000_000L;

    /** Digits behind the point when an amount is written in coins. */
    public static final int COIN_DECIMALS = 8;

    public static final Amount ZERO = new Amount(0);

    public Amount {
        if (mon < 0) {
            throw new ArithmeticException("an amount is never negative: " + mon);
        }
    }

    public static Amount ofMon(long mon) {
        return new Amount(mon);
    }

    /**
     * Reads coins as people write them, for example {@code 1.5}.
     *
     * @throws ArithmeticException if it is negative, has more than eight decimals or is beyond 2⁶³ − 1 mon
     * @throws NumberFormatException if it is not a number
     */
    public static Amount ofCoins(String coins) {
        return new Amount(new BigDecimal(coins).movePointRight(COIN_DECIMALS).longValueExact());
    }

    /** Whole coins. */
    public static Amount ofCoins(long coins) {
        return new Amount(Math.multiplyExact(coins, MON_PER_COIN));
    }

    /** The exact sum; throws {@link ArithmeticException} on overflow. */
    public Amount plus(Amount other) {
        return new Amount(Math.addExact(mon, other.mon));
    }

    /** The exact difference; throws {@link ArithmeticException} if it would be negative. */
    public Amount minus(Amount other) {
        return new Amount(mon - other.mon);
    }

    public boolean isZero() {
        return mon == 0;
    }

    public boolean isLessThan(Amount other) {
        return mon < other.mon;
    }

    /** In coins, without trailing zeros and without an exponent: {@code 1.5}, {@code 0.00000001}, {@code 12}. */
    public String toCoins() {
        return BigDecimal.valueOf(mon, COIN_DECIMALS).stripTrailingZeros().toPlainString();
    }

    @Override
    public int compareTo(Amount other) {
        return Long.compare(mon, other.mon);
    }

    @Override
    public String toString() {
        return mon + " mon";
    }
}
