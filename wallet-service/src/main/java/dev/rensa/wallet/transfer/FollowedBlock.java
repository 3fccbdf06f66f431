package dev.rensa.wallet.transfer;

import dev.rensa.protocol.crypto.BlockHash;

/** A canonical block that the wallet has looked through. */
public record FollowedBlock(long height, BlockHash hash) {}
