package dev.rensa.wallet.node;

import dev.rensa.protocol.crypto.BlockHash;
import org.jspecify.annotations.Nullable;

/**
 * Which networks the wallet serves.
 *
 * @param production refuse the development genesis
 * @param pinnedNetwork the only network that is served; any, when absent
 */
public record NodesPolicy(boolean production, @Nullable BlockHash pinnedNetwork) {}
