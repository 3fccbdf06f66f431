package dev.rensa.protocol.crypto;

/** The name of a transaction: SHA-256 of all its bytes, the signature included. */
public final class TransactionId extends Bytes32 implements Comparable<TransactionId> {

    /** Thirty-two zero bytes. */
    public static final TransactionId ZERO = new TransactionId(new byte[LENGTH], 0);

    private TransactionId(byte[] source, int offset) {
        super(source, offset);
    }

    /**
     * Takes exactly 32 bytes.
     *
     * @throws IllegalArgumentException if there are more or fewer
     */
    public static TransactionId of(byte[] bytes) {
        return new TransactionId(requireLength(bytes), 0);
    }

    /** Copies 32 bytes of a larger array. */
    public static TransactionId of(byte[] source, int offset) {
        return new TransactionId(source, offset);
    }

    /**
     * Reads 64 hexadecimal digits.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    public static TransactionId fromHex(String hex) {
        return new TransactionId(parseHex(hex), 0);
    }

    @Override
    public int compareTo(TransactionId other) {
        return compareBytes(other);
    }
}
