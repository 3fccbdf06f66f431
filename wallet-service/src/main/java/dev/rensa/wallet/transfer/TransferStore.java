package dev.rensa.wallet.transfer;

import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.wallet.key.WalletId;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where transfers rest. A write is durable when the call returns, and whole or not there at all. Writes come from one
 * thread, reads from several. Every method throws {@link StoreException} when the storage fails.
 */
public interface TransferStore {

    /** Followed blocks that are kept a network: what a node's own limit on reorganisations allows to be undone. */
    int MAX_FOLLOWED_BLOCKS = 10_000;

    /** Writes new transfers with their first line of audit. */
    void insert(List<Transition> requested);

    /** Writes steps in order, each with its line of audit; all or none. */
    void record(List<Transition> transitions);

    /**
     * Writes what blocks brought: forgets followed blocks above the fork, adds new ones, and records the steps; all or
     * none.
     *
     * @param bestWork most cumulative work ever seen of this network
     */
    void recordBlocks(
            BlockHash network,
            long forkHeight,
            List<FollowedBlock> connected,
            BigInteger bestWork,
            List<Transition> transitions);

    Optional<Transfer> find(TransferId id);

    Optional<Transfer> findByIdempotencyKey(BlockHash network, WalletId wallet, String key);

    /** Transfers that the wallet has still to do something for, oldest first. */
    List<Transfer> open(BlockHash network);

    /** Final transfers whose block is above a height. */
    List<Transfer> finalAbove(BlockHash network, long height);

    /**
     * A page of a wallet's transfers on a network, newest first.
     *
     * @param before only older ones than this, when given
     * @param limit 1 to 1,000
     */
    List<Transfer> list(BlockHash network, WalletId wallet, @Nullable TransferId before, int limit);

    /** The audit log of a transfer, oldest first. */
    List<TransferEvent> history(TransferId id);

    /** The followed blocks of a network, ascending. */
    List<FollowedBlock> followed(BlockHash network);

    /** Most work ever seen of a network, zero when it is new. */
    BigInteger bestWork(BlockHash network);
}
