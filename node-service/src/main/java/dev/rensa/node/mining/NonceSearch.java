package dev.rensa.node.mining;

import dev.rensa.protocol.block.BlockHeader;
import dev.rensa.protocol.crypto.Sha256;
import dev.rensa.protocol.work.CompactTarget;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.OptionalLong;

/** Looks for a nonce with which a header's double SHA-256 is at most its target. Pure arithmetic: no clock, no threads. */
public final class NonceSearch {

    private static final int HASH_BYTES = 32;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private NonceSearch() {}

    /**
     * Tries nonces in order.
     *
     * @param firstNonce 0 to 2⁶³ − 1
     * @param count how many to try; fewer are tried when they end before
     * @return the first nonce that meets the target
     */
    public static OptionalLong search(BlockHeader header, long firstNonce, long count) {
        byte[] encoded = header.toBytes();
        byte[] hash = new byte[HASH_BYTES];
        byte[] target = targetBytes(header.target());
        long highestStart = (long) LONG.get(target, 0);
        MessageDigest digest = Sha256.newDigest();
        long last = firstNonce > Long.MAX_VALUE - count ? Long.MAX_VALUE : firstNonce + count - 1;
        // The bound is inclusive, and a nonce beyond the last would overflow: hence a step count instead of nonce <=
        // last.
        for (long tried = 0; tried <= last - firstNonce; tried++) {
            LONG.set(encoded, BlockHeader.NONCE_OFFSET, firstNonce + tried);
            doubleHash(digest, encoded, hash);
            // Nearly every hash is refused by its first eight bytes alone.
            if (Long.compareUnsigned((long) LONG.get(hash, 0), highestStart) <= 0
                    && Arrays.compareUnsigned(hash, target) <= 0) {
                return OptionalLong.of(firstNonce + tried);
            }
        }
        return OptionalLong.empty();
    }

    private static void doubleHash(MessageDigest digest, byte[] message, byte[] hash) {
        try {
            digest.update(message);
            digest.digest(hash, 0, HASH_BYTES);
            digest.update(hash);
            digest.digest(hash, 0, HASH_BYTES);
        } catch (DigestException e) {
            throw new IllegalStateException("a SHA-256 digest always fits into 32 bytes", e);
        }
    }

    private static byte[] targetBytes(CompactTarget target) {
        BigInteger number = target.target();
        byte[] shortest = number.toByteArray();
        byte[] bytes = new byte[HASH_BYTES];
        // A number with its highest bit set brings a 33rd byte, a zero for the sign.
        int length = Math.min(shortest.length, HASH_BYTES);
        System.arraycopy(shortest, shortest.length - length, bytes, HASH_BYTES - length, length);
        return bytes;
    }
}
