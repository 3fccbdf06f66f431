package dev.rensa.protocol.crypto;

/**
 * SipHash-2-4 of Aumasson and Bernstein (2012) over 32 bytes: a keyed hash of 64 bits, many times cheaper than SHA-256.
 * Who does not know the key cannot choose inputs that collide.
 */
public final class SipHash {

    private static final long C0 = 0x736f6d6570736575L;
    private static final long C1 = 0x646f72616e646f6dL;
    private static final long C2 = 0x6c7967656e657261L;
    private static final long C3 = 0x7465646279746573L;

    /** The length of the input, which stands in the highest byte of the last word. */
    private static final long LENGTH_WORD = (long) Bytes32.LENGTH << 56;

    private long v0;
    private long v1;
    private long v2;
    private long v3;

    private SipHash(long key0, long key1) {
        v0 = C0 ^ key0;
        v1 = C1 ^ key1;
        v2 = C2 ^ key0;
        v3 = C3 ^ key1;
    }

    /**
     * The hash as a number; the paper writes its bytes in little-endian order.
     *
     * @param key0 the key's first eight bytes, little-endian
     * @param key1 the key's last eight bytes, little-endian
     */
    public static long hash(long key0, long key1, Bytes32 input) {
        SipHash state = new SipHash(key0, key1);
        for (int word = 0; word < Bytes32.LENGTH / Long.BYTES; word++) {
            state.absorb(Long.reverseBytes(input.word(word)));
        }
        state.absorb(LENGTH_WORD);
        state.v2 ^= 0xff;
        for (int round = 0; round < 4; round++) {
            state.round();
        }
        return state.v0 ^ state.v1 ^ state.v2 ^ state.v3;
    }

    private void absorb(long word) {
        v3 ^= word;
        round();
        round();
        v0 ^= word;
    }

    private void round() {
        v0 += v1;
        v1 = Long.rotateLeft(v1, 13) ^ v0;
        v0 = Long.rotateLeft(v0, 32);
        v2 += v3;
        v3 = Long.rotateLeft(v3, 16) ^ v2;
        v0 += v3;
        v3 = Long.rotateLeft(v3, 21) ^ v0;
        v2 += v1;
        v1 = Long.rotateLeft(v1, 17) ^ v2;
        v2 = Long.rotateLeft(v2, 32);
    }
}
