package dev.rensa.node.mempool;

import dev.rensa.protocol.crypto.PublicKey;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which of those that wait are wanted, and in which order.
 *
 * @param order a sender's own come by nonce, whatever is asked for
 * @param sender of one sender alone
 * @param pending true for what is minable now, false for what is queued, empty for both
 * @param after the last one of the page before
 * @param limit most transactions of the page
 */
public record PageQuery(
        Order order, Optional<PublicKey> sender, Optional<Boolean> pending, Optional<Cursor> after, int limit) {

    /** The order of a page. */
    public enum Order {
        /** Highest fee a byte first. */
        FEE,
        /** In order of arrival. */
        ARRIVAL
    }

    /**
     * A place in an order: it stays where it is when the transaction that stood there leaves.
     *
     * @param key sequence of arrival or, of one sender, the nonce
     * @param feeRate in order of fee alone
     */
    public record Cursor(long key, OptionalLong feeRate) {}
}
