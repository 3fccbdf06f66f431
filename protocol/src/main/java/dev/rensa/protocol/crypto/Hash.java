package dev.rensa.protocol.crypto;

/** A SHA-256 digest that is neither a block's nor a transaction's name: Merkle roots, state roots, the genesis hash. */
public final class Hash extends Bytes32 implements Comparable<Hash> {

    /** Thirty-two zero bytes. */
    public static final Hash ZERO = new Hash(new byte[LENGTH], 0);

    private Hash(byte[] source, int offset) {
        super(source, offset);
    }

    /**
     * Takes exactly 32 bytes.
     *
     * @throws IllegalArgumentException if there are more or fewer
     */
    public static Hash of(byte[] bytes) {
        return new Hash(requireLength(bytes), 0);
    }

    /** Copies 32 bytes of a larger array. */
    public static Hash of(byte[] source, int offset) {
        return new Hash(source, offset);
    }

    /**
     * Reads 64 hexadecimal digits.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    public static Hash fromHex(String hex) {
        return new Hash(parseHex(hex), 0);
    }

    @Override
    public int compareTo(Hash other) {
        return compareBytes(other);
    }
}
