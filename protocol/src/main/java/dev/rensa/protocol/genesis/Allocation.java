package dev.rensa.protocol.genesis;

import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.money.Amount;

/**
 * Coins that exist from the beginning.
 *
 * @param account who has them
 * @param amount more than zero
 */
public record Allocation(PublicKey account, Amount amount) {}
