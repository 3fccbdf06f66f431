package dev.rensa.explorer.api;

import java.math.BigInteger;

/**
 * An account at the tip of the index.
 *
 * @param balance in mon
 * @param nextNonce nonce of its next transaction, which is how many it has sent
 * @param transactionCount transactions sent and received; one to itself counts as both
 * @param sent sum of the amounts sent, fees left out, in mon
 * @param feesPaid in mon
 * @param received sum of the amounts received, in mon
 * @param minedBlocks blocks of which it received the reward
 * @param mined sum of those rewards, in mon
 * @param allocated what it had from the beginning of the network, in mon
 * @param height height at which all this holds
 */
public record AccountInfo(
        String address,
        long balance,
        long nextNonce,
        long transactionCount,
        long sentCount,
        BigInteger sent,
        BigInteger feesPaid,
        long receivedCount,
        BigInteger received,
        long minedBlocks,
        BigInteger mined,
        long allocated,
        long height) {}
