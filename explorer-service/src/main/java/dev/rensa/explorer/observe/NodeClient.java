package dev.rensa.explorer.observe;

import dev.rensa.protocol.api.ForksView;
import dev.rensa.protocol.api.MempoolPage;
import dev.rensa.protocol.api.StatusView;
import dev.rensa.protocol.api.TransactionView;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.TransactionId;
import dev.rensa.protocol.genesis.Genesis;
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

    ForksView forks() throws NodeTroubleException;

    /**
     * The head of the node's mempool, highest fee first.
     *
     * @param limit 1 to 1,000
     */
    MempoolPage mempool(int limit) throws NodeTroubleException;

    /** A transaction that is mined or waits in the mempool there; empty if the node knows none of that id. */
    Optional<TransactionView> transaction(TransactionId id) throws NodeTroubleException;

    /** Frees the connections; later calls fail. */
    @Override
    void close();
}
