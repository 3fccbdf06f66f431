package dev.rensa.node.mempool;

import dev.rensa.protocol.money.Amount;

/**
 * What a transaction should pay to be mined within some blocks.
 *
 * @param blocks counted from the next one
 * @param feePerKib mon per 1,024 bytes; 0 when the genesis' minimum is enough
 * @param transferFee the fee of a transfer without a memo, the smallest transaction
 * @param basis what asks for it
 */
public record FeeEstimate(int blocks, long feePerKib, Amount transferFee, Basis basis) {

    /** What an estimate rests upon. */
    public enum Basis {
        /** Nothing competes for the room: the genesis' minimum. */
        MINIMUM,
        /** What waits pays more and fills these blocks. */
        MEMPOOL,
        /** As many blocks of late were full, and this is what one had to be above. */
        RECENT_BLOCKS,
        /** The mempool is full: less is not taken. */
        ENTRY
    }
}
