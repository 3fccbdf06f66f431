package dev.rensa.wallet.node;

import dev.rensa.protocol.api.AccountView;
import dev.rensa.protocol.api.BatchView;
import dev.rensa.protocol.api.FeesView;
import dev.rensa.protocol.api.StatusView;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.TransactionId;
import dev.rensa.protocol.genesis.GenesisDocument;
import dev.rensa.protocol.transaction.Transaction;
import java.util.List;
import java.util.Optional;

/**
 * One node. Every call blocks for a bounded time and throws {@link NodeUnavailableException} when there is no answer or one
 * that makes no sense. Safe for use by several threads.
 */
public interface Node {

    /** Most transactions of one {@link #submit}. */
    int MAX_BATCH = 1000;

    /** Its base URL, which names it in logs and answers. */
    String url();

    StatusView status();

    GenesisDocument genesis();

    /** An account at the node's tip. */
    AccountView account(String address);

    /** What to pay, by urgency. */
    FeesView fees();

    /** Hands in up to {@link #MAX_BATCH} transactions. Handing one in again is harmless. */
    BatchView submit(List<Transaction> transactions);

    /** The canonical block at a height, empty above the tip. */
    Optional<Block> block(long height);

    /** The hash of the canonical block at a height, empty above the tip. */
    Optional<BlockHash> hashAt(long height);

    /** Where a transaction is on the canonical chain, empty when it is not. */
    Optional<BlockPosition> blockOf(TransactionId transaction);

    /** Gives back its connections; nothing is asked of it any more. */
    default void close() {}

    /** A canonical block, named. */
    record BlockPosition(long height, BlockHash hash) {}
}
