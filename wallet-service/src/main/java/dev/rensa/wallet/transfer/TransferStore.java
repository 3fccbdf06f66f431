package dev.rensa.wallet.transfer;

import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.crypto.TransactionId;
import dev.rensa.wallet.key.WalletId;
import dev.rensa.wallet.received.Income;
import dev.rensa.wallet.received.Search;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where transfers rest. A write is durable when the call returns, and whole or not there at all; it throws
 * {@link LostLeaseException}, and writes nothing, when its replica is no longer alive. Writes of a process come from one
 * thread, reads from several. Every method throws {@link StoreException} when the storage fails.
 */
public interface TransferStore {

    /** Followed blocks that are kept a network: what a node's own limit on reorganisations allows to be undone. */
    int MAX_FOLLOWED_BLOCKS = 10_000;

    /** Whether an approval may become a transfer: it is approved, and became none yet. */
    boolean isApproved(String approval);

    /**
     * Writes each transfer as its last step leaves it, every step with its line of audit, and notes in approvals which
     * transfer they became; all or none. A transfer whose first step is its request is new.
     *
     * @param transitions in the order in which they were taken
     * @throws RequestTakenException if another one has the same idempotency key, or an approval is not to be had any more
     */
    void record(ReplicaId replica, List<Transition> transitions);

    /**
     * Writes what blocks brought: forgets followed blocks above the fork, adds new ones, and records the steps; all or
     * none. Received payments of blocks above the fork that are not connected again are orphaned.
     *
     * @param connected 1 to 50
     * @param bestWork most cumulative work ever seen of this network
     */
    void recordBlocks(
            ReplicaId replica,
            BlockHash network,
            long forkHeight,
            List<FollowedBlock> connected,
            BigInteger bestWork,
            Income income,
            List<Transition> transitions);

    /**
     * Writes what older blocks were found to have paid, and how far the search came; all or none. What was deep enough long
     * ago is told to nobody.
     *
     * @param tipHeight height of the last block followed
     * @param progress is forgotten when it is over; if another search was asked for meanwhile, that one begins anew
     */
    void recordFound(ReplicaId replica, BlockHash network, Income found, long tipHeight, Search progress);

    Optional<Transfer> find(TransferId id);

    /** The transfers of a wallet that these keys stand for, in no order, without those of keys that stand for none. */
    List<Transfer> findByIdempotencyKeys(BlockHash network, WalletId wallet, List<String> keys);

    /** Open transfers of all lanes that a replica holds, oldest first. */
    List<Transfer> open(BlockHash network, ReplicaId holder);

    /** Open transfers of one sender, oldest first. */
    List<Transfer> open(BlockHash network, PublicKey sender);

    /** Transfers without a nonce in the lanes that a replica holds, oldest first; without those that a backup held. */
    List<Transfer> requested(BlockHash network, ReplicaId holder);

    /** Mon promised by a sender's open transfers that the account at this nonce has not paid yet. */
    long promised(BlockHash network, PublicKey sender, long chainNextNonce);

    /** Senders of transfers that ended unmined although their bytes may have left the house. */
    List<PublicKey> endedSenders(BlockHash network);

    /** Such a transfer by its transaction. */
    Optional<Transfer> findEnded(BlockHash network, TransactionId transaction);

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

    /** Height behind which blocks may pay transfers that a backup held; 0 where nothing was restored. */
    long heldFrom(BlockHash network);

    /** Most work ever seen of a network, zero when it is new. */
    BigInteger bestWork(BlockHash network);
}
