package dev.rensa.protocol.work;

import java.math.BigInteger;

/**
 * The expected number of hashes behind a block, or behind a whole chain of them. Of two chains, the one with more work
 * wins.
 *
 * @param value from 0 to 2^256 − 1
 */
public record Work(BigInteger value) implements Comparable<Work> {

    /** Width of the binary form in bytes. */
    public static final int LENGTH = 32;

    /** No work: the start of a sum. */
    public static final Work ZERO = new Work(BigInteger.ZERO);

    private static final BigInteger NUMBER_OF_HASHES = BigInteger.ONE.shiftLeft(8 * LENGTH);

    /**
     * Takes a number of hashes.
     *
     * @throws IllegalArgumentException if it is negative or needs more than 256 bits
     */
    public Work {
        if (value.signum() < 0 || value.bitLength() > 8 * LENGTH) {
            throw new IllegalArgumentException("work lies between 0 and 2^256 - 1");
        }
    }

    /** How many hashes it takes on average to meet the target: ⌊2^256 / (target + 1)⌋. */
    public static Work ofTarget(CompactTarget target) {
        return new Work(NUMBER_OF_HASHES.divide(target.target().add(BigInteger.ONE)));
    }

    /**
     * Reads 32 big-endian bytes.
     *
     * @throws IllegalArgumentException if there are more or fewer
     */
    public static Work fromBytes(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("expected 32 bytes, got " + bytes.length);
        }
        return new Work(new BigInteger(1, bytes));
    }

    /**
     * The work of both together.
     *
     * @throws IllegalArgumentException if the sum needs more than 256 bits, more hashes than there are
     */
    public Work plus(Work other) {
        return new Work(value.add(other.value));
    }

    /** 32 big-endian bytes. */
    public byte[] toBytes() {
        return toBytes32(value);
    }

    @Override
    public int compareTo(Work other) {
        return value.compareTo(other.value);
    }

    /** The number in decimal digits. */
    @Override
    public String toString() {
        return value.toString();
    }

    /** A number from 0 to 2^256 − 1 as 32 big-endian bytes. */
    static byte[] toBytes32(BigInteger number) {
        byte[] shortest = number.toByteArray();
        byte[] bytes = new byte[LENGTH];
        // A number with its highest bit set brings a 33rd byte, a zero for the sign.
        int length = Math.min(shortest.length, LENGTH);
        System.arraycopy(shortest, shortest.length - length, bytes, LENGTH - length, length);
        return bytes;
    }
}
