package dev.rensa.protocol.crypto;

/** The name of a block: SHA-256 applied twice to its header. Read as an unsigned big-endian number it must not exceed the target. */
public final class BlockHash extends Bytes32 implements Comparable<BlockHash> {

    /** Thirty-two zero bytes. */
    public static final BlockHash ZERO = new BlockHash(new byte[LENGTH], 0);

    private BlockHash(byte[] source, int offset) {
        super(source, offset);
    }

    /**
     * Takes exactly 32 bytes.
     *
     * @throws IllegalArgumentException if there are more or fewer
     */
    public static BlockHash of(byte[] bytes) {
        return new BlockHash(requireLength(bytes), 0);
    }

    /** Copies 32 bytes of a larger array. */
    public static BlockHash of(byte[] source, int offset) {
        return new BlockHash(source, offset);
    }

    /**
     * Reads 64 hexadecimal digits.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    public static BlockHash fromHex(String hex) {
        return new BlockHash(parseHex(hex), 0);
    }

    @Override
    public int compareTo(BlockHash other) {
        return compareBytes(other);
    }
}
