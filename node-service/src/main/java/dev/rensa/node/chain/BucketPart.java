package dev.rensa.node.chain;

import dev.rensa.protocol.crypto.Hash;
import dev.rensa.protocol.state.StateBucket;
import java.util.List;

/**
 * A part of a large bucket.
 *
 * @param roots of all its parts
 */
public record BucketPart(StateBucket accounts, List<Hash> roots) {}
