package dev.rensa.explorer.passport;

import org.jspecify.annotations.Nullable;

/**
 * What became of a transaction on a node at a moment.
 *
 * @param nodeKey the node's identity
 * @param node what it calls itself
 * @param timeMillis when, by this explorer's clock, about: the node's time less its clock's offset
 * @param state {@code pending}, {@code queued}, {@code mined}, {@code returned} (its block was abandoned),
 *     {@code replaced}, {@code expired} or {@code evicted}
 * @param code reason code, when it left without being mined
 * @param successor id of the transaction that took its nonce
 * @param block hash of the block that it is mined in
 */
public record Stamp(
        String nodeKey,
        String node,
        long timeMillis,
        String state,
        @Nullable String code,
        @Nullable String successor,
        @Nullable String block) {}
