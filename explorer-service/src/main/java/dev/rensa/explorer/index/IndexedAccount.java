package dev.rensa.explorer.index;

import dev.rensa.protocol.crypto.PublicKey;
import java.math.BigInteger;

/**
 * An account at the index's tip.
 *
 * @param balance in mon
 * @param sentCount transactions it has sent, which is its next nonce
 * @param sent sum of the amounts it has sent, fees left out, in mon
 * @param feesPaid in mon
 * @param receivedCount transactions it has received
 * @param received sum of those amounts, in mon
 * @param minedCount blocks it has mined
 * @param mined sum of the rewards for them, in mon
 * @param allocated what it had from the beginning, in mon
 */
public record IndexedAccount(
        PublicKey key,
        long balance,
        long sentCount,
        BigInteger sent,
        BigInteger feesPaid,
        long receivedCount,
        BigInteger received,
        long minedCount,
        BigInteger mined,
        long allocated) {

    /** An account that nothing has happened to. */
    public static IndexedAccount untouched(PublicKey key) {
        return new IndexedAccount(
                key, 0, 0, BigInteger.ZERO, BigInteger.ZERO, 0, BigInteger.ZERO, 0, BigInteger.ZERO, 0);
    }
}
