package dev.rensa.explorer.api;

/**
 * A block without its transactions. The fields have the names and meanings of the node's own answer.
 *
 * @param timestampMillis milliseconds since 1970-01-01 UTC
 * @param targetBits the compact target, eight hexadecimal digits
 * @param miner address of the account that receives subsidy and fees
 * @param work cumulative work up to and with this block, a decimal number
 * @param canonical whether it is on the chain with the most work
 * @param confirmations blocks from this one to the tip, itself included; 0 when it is not canonical
 * @param subsidy new coins, in mon
 * @param fees sum of the fees, in mon
 * @param size bytes of the whole block
 */
public record BlockInfo(
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
        int transactionCount) {}
