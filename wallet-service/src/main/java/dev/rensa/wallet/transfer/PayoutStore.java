package dev.rensa.wallet.transfer;

import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.wallet.key.WalletId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where payouts rest. Every method throws {@link StoreException} when the storage fails. */
public interface PayoutStore {

    /**
     * Writes a payout with its transfers, in the order of its lines; all or none.
     *
     * @throws RequestTakenException if another one has the same idempotency key
     */
    void insert(ReplicaId replica, Payout payout, List<Transition> requested);

    Optional<Payout> find(TransferId id);

    Optional<Payout> findByIdempotencyKey(BlockHash network, WalletId wallet, String key);

    /**
     * A page of a wallet's payouts on a network, newest first.
     *
     * @param before only older ones than this, when given
     * @param limit 1 to 1,000
     */
    List<Payout> list(BlockHash network, WalletId wallet, @Nullable TransferId before, int limit);

    /**
     * The transfers of a payout in the order of its lines.
     *
     * @param from first line, counted from 0
     * @param limit 1 to 1,000
     */
    List<Transfer> lines(TransferId id, int from, int limit);

    /** How many of its transfers are in which state. */
    Map<TransferState, Integer> states(TransferId id);
}
