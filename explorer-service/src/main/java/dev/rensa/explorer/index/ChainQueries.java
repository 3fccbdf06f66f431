package dev.rensa.explorer.index;

import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.crypto.TransactionId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What can be asked of the index, from any thread. Every list is bounded by the limit that the caller names. All methods
 * throw {@link IndexStoreException} when the database fails.
 */
public interface ChainQueries {

    Optional<IndexCursor> cursor();

    Optional<IndexedBlock> block(BlockHash hash);

    Optional<IndexedBlock> blockAt(long height);

    /** Blocks from a height downwards. */
    List<IndexedBlock> blocksDown(long fromHeight, int limit);

    Optional<IndexedTransaction> transaction(TransactionId id);

    /** A block's transactions in their order, from a position on. */
    List<IndexedTransaction> transactionsIn(long height, int fromPosition, int limit);

    /** The transactions mined last, newest first. */
    List<IndexedTransaction> latestTransactions(int limit);

    /** Empty for an account that nothing has happened to. */
    Optional<IndexedAccount> account(PublicKey key);

    /**
     * Transactions that an account sent or received, newest first.
     *
     * @param after the last one of the page before, absent for the first page
     */
    List<IndexedTransaction> transactionsOf(PublicKey key, @Nullable IndexedTransaction after, int limit);

    /** Blocks of which an account received the reward, below a height, newest first. */
    List<IndexedBlock> blocksMinedBy(PublicKey key, long belowHeight, int limit);

    /** Who mined the blocks from a height on, most blocks first; block 0 was nobody's. */
    List<IndexedMiner> miners(long fromHeight, int limit);

    /** Accounts that something has happened to, of which the keys lie within two bounds, both included. */
    List<PublicKey> accountsBetween(PublicKey lowest, PublicKey highest, int limit);

    /** Blocks of which the hash begins with the given hexadecimal digits, 1 to 64 in lower case. */
    List<IndexedBlock> blocksByPrefix(String hexPrefix, int limit);

    /** Transactions of which the id begins with the given hexadecimal digits, 1 to 64 in lower case. */
    List<TransactionId> transactionsByPrefix(String hexPrefix, int limit);
}
