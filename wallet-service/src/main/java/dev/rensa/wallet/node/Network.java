package dev.rensa.wallet.node;

import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.genesis.Genesis;
import dev.rensa.protocol.money.Amount;

/**
 * The network that the nodes are of.
 *
 * @param hash block 0's hash, which commits to all rules
 * @param development whether this is the development genesis, whose faucet key everybody knows
 * @param minimumFee least fee of a transaction by the genesis
 * @param subsidy new coins a block, before the first halving
 * @param halvingInterval blocks after which the subsidy halves, at least 1
 */
public record Network(
        BlockHash hash,
        String name,
        String addressPrefix,
        String coinSymbol,
        boolean development,
        Amount minimumFee,
        Amount subsidy,
        long halvingInterval) {

    /** New coins of the block at a height. */
    public Amount subsidyAt(long height) {
        return Genesis.subsidyAt(height, subsidy, halvingInterval);
    }
}
