package dev.rensa.explorer.index;

import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.money.Amount;
import dev.rensa.protocol.work.Work;

/**
 * A block with what follows from its place on the chain.
 *
 * @param work cumulative, up to and with this block
 * @param subsidy new coins
 */
public record ConnectedBlock(Block block, Work work, Amount subsidy) {

    /** Sum of the transactions' fees in mon. */
    public long feesMon() {
        return block.transactions().stream()
                .mapToLong(transaction -> transaction.fee().mon())
                .reduce(0, Math::addExact);
    }
}
