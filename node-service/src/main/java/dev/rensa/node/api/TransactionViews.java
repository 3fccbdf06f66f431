package dev.rensa.node.api;

import dev.rensa.node.mempool.PooledTransaction;
import dev.rensa.protocol.address.Address;
import dev.rensa.protocol.api.TransactionView;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.transaction.Transaction;
import java.util.HexFormat;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Writes transactions as the API shows them. */
final class TransactionViews {

    private TransactionViews() {}

    /** One that waits in the mempool. */
    static TransactionView waiting(PooledTransaction pooled, String prefix) {
        OptionalLong missingNonce = pooled.missingNonce();
        return view(
                pooled.transaction(),
                prefix,
                missingNonce.isEmpty() ? "pending" : "queued",
                null,
                missingNonce.isEmpty() ? null : missingNonce.getAsLong());
    }

    /** One in a canonical block. */
    static TransactionView mined(Transaction transaction, Place place, String prefix) {
        return view(transaction, prefix, "mined", place, null);
    }

    /** One in a block that is on no canonical chain: as far as this block goes, it waits. */
    static TransactionView abandoned(Transaction transaction, String prefix) {
        return view(transaction, prefix, "abandoned", null, null);
    }

    private static TransactionView view(
            Transaction transaction, String prefix, String state, @Nullable Place place, @Nullable Long missingNonce) {
        return new TransactionView(
                transaction.id().toHex(),
                transaction.networkId(),
                new Address(prefix, transaction.sender()).toString(),
                transaction.nonce(),
                new Address(prefix, transaction.recipient()).toString(),
                transaction.amount().mon(),
                transaction.fee().mon(),
                transaction.validUntil(),
                transaction.memo(),
                HexFormat.of().formatHex(transaction.signature().toBytes()),
                transaction.size(),
                state,
                place == null ? null : place.block().toHex(),
                place == null ? null : place.height(),
                place == null ? null : place.index(),
                place == null ? 0 : place.confirmations(),
                missingNonce);
    }

    /**
     * Where a mined transaction stands.
     *
     * @param confirmations blocks from that one to the tip, itself included
     */
    record Place(BlockHash block, long height, int index, long confirmations) {}
}
