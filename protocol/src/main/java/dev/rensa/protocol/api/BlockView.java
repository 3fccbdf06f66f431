package dev.rensa.protocol.api;

import java.util.List;

/**
 * A block.
 *
 * @param stateRoot 64 zeros except at checkpoint heights
 * @param targetBits the compact target, eight hexadecimal digits
 * @param miner address of the account that receives subsidy and fees; of the zero key for block 0
 * @param work cumulative work up to and with this block, a decimal number
 * @param canonical whether it is on the chain with the most work
 * @param confirmations blocks from this one to the tip, itself included; 0 when it is not canonical
 * @param subsidy new coins, in mon
 * @param fees sum of the fees, in mon
 * @param size bytes of the whole block
 * @param transactionCount how many transactions it holds
 * @param transactions the transactions in order
 */
public record BlockView(
        long height,
        String hash,
        String parent,
        String transactionsRoot,
        String stateRoot,
        long timestampMillis,
        String targetBits,
        String miner,
        long nonce,
        String work,
        boolean canonical,
        long confirmations,
        long subsidy,
        long fees,
        int size,
        int transactionCount,
        List<TransactionView> transactions) {}
