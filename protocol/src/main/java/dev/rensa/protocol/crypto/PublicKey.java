package dev.rensa.protocol.crypto;

/** A BIP-340 x-only public key of secp256k1; an account of the chain is such a key. Whether it lies on the curve shows when a signature is verified. */
public final class PublicKey extends Bytes32 implements Comparable<PublicKey> {

    /** Thirty-two zero bytes. */
    public static final PublicKey ZERO = new PublicKey(new byte[LENGTH], 0);

    private PublicKey(byte[] source, int offset) {
        super(source, offset);
    }

    /**
     * Takes exactly 32 bytes.
     *
     * @throws IllegalArgumentException if there are more or fewer
     */
    public static PublicKey of(byte[] bytes) {
        return new PublicKey(requireLength(bytes), 0);
    }

    /** Copies 32 bytes of a larger array. */
    public static PublicKey of(byte[] source, int offset) {
        return new PublicKey(source, offset);
    }

    /**
     * Reads 64 hexadecimal digits.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    public static PublicKey fromHex(String hex) {
        return new PublicKey(parseHex(hex), 0);
    }

    @Override
    public int compareTo(PublicKey other) {
        return compareBytes(other);
    }
}
