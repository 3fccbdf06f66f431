package dev.rensa.explorer.index;

import dev.rensa.protocol.crypto.PublicKey;
import java.math.BigInteger;

/**
 * Who mined some of a run of blocks.
 *
 * @param blocks how many of them
 * @param rewards subsidies and fees of those, in mon
 * @param lastHeight of the newest of those
 */
public record IndexedMiner(PublicKey key, long blocks, BigInteger rewards, long lastHeight) {}
