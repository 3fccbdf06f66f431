package dev.rensa.wallet.node;

import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.money.Amount;

/**
 * The network that the nodes are of.
 *
 * @param hash block 0's hash, which commits to all rules
 * @param development whether this is the development genesis, whose faucet key everybody knows
 * @param minimumFee least fee of a transaction by the genesis
 */
public record Network(
        BlockHash hash, String name, String addressPrefix, String coinSymbol, boolean development, Amount minimumFee) {}
