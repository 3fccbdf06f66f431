package dev.rensa.explorer.observe;

import dev.rensa.protocol.api.ExplanationView;
import dev.rensa.protocol.api.FeesView;
import dev.rensa.protocol.api.ForksView;
import dev.rensa.protocol.api.MempoolPage;
import dev.rensa.protocol.api.PeersView;
import dev.rensa.protocol.api.StatusView;
import dev.rensa.protocol.api.SubmissionView;
import dev.rensa.protocol.api.TransactionView;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.TransactionId;
import dev.rensa.protocol.genesis.Genesis;
import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.protocol.work.Work;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * What the explorer asks of one node. Every call blocks for a bounded time; none trusts the answer's form: what cannot
 * be decoded is a {@link NodeTroubleException}, never another exception.
 */
public interface NodeClient extends AutoCloseable {

    /** Base address that the calls go to. */
    URI url();

    StatusView status() throws NodeTroubleException;

    Genesis genesis() throws NodeTroubleException;

    /** A block on any branch that the node knows; empty if it knows none of that hash. */
    Optional<Block> block(BlockHash hash) throws NodeTroubleException;

    /**
     * Blocks of the node's canonical chain from a height on, ascending, each the parent of the next and with the
     * transactions that its header commits to. Some megabytes at most; empty if the chain is shorter.
     *
     * @param limit 1 to 1,000 blocks
     */
    List<Block> blocksFrom(long height, int limit) throws NodeTroubleException;

    /** Hash of the block at a height of the node's canonical chain; empty if that chain is shorter. */
    Optional<BlockHash> hashAt(long height) throws NodeTroubleException;

    /** Cumulative work up to and with the block at a height of that chain; empty if it is shorter. */
    Optional<Work> workAt(long height) throws NodeTroubleException;

    ForksView forks() throws NodeTroubleException;

    /** Who is connected to it. */
    PeersView peers() throws NodeTroubleException;

    /**
     * The head of the node's mempool.
     *
     * @param order {@code fee}, highest a byte first, or {@code arrival}, oldest first
     * @param limit 1 to 1,000
     */
    MempoolPage mempool(String order, int limit) throws NodeTroubleException;

    /** What an account has sent and is not mined yet, by nonce; at most 1,000. */
    MempoolPage mempoolOf(String address) throws NodeTroubleException;

    /** What to pay. */
    FeesView fees() throws NodeTroubleException;

    /** Why a transaction is not mined there, or where it is. */
    ExplanationView explain(TransactionId id) throws NodeTroubleException;

    /**
     * Hands a signed transaction over.
     *
     * @throws NodeRefusalException if the node refuses it
     */
    SubmissionView submit(Transaction transaction) throws NodeTroubleException, NodeRefusalException;

    /** A transaction that is mined or waits in the mempool there; empty if the node knows none of that id. */
    Optional<TransactionView> transaction(TransactionId id) throws NodeTroubleException;

    /** Frees the connections; later calls fail. */
    @Override
    void close();
}
