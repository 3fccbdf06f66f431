package dev.rensa.explorer.passport;

import java.util.Objects;
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
        @Nullable String block) {

    /** How far apart two explorers may set the time of one event: they differ in what they think of the node's clock. */
    private static final long SAME_MILLIS = 2_000;

    /** Whether both tell of the same event. */
    public boolean isSameAs(Stamp other) {
        return nodeKey.equals(other.nodeKey)
                && state.equals(other.state)
                && Objects.equals(code, other.code)
                && Objects.equals(successor, other.successor)
                && Objects.equals(block, other.block)
                && Math.abs(timeMillis - other.timeMillis) <= SAME_MILLIS;
    }
}
