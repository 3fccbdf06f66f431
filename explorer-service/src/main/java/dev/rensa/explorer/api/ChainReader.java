package dev.rensa.explorer.api;

import dev.rensa.explorer.index.ChainIndexer;
import dev.rensa.explorer.index.ChainQueries;
import dev.rensa.explorer.index.IndexCursor;
import dev.rensa.explorer.index.IndexedAccount;
import dev.rensa.explorer.index.IndexedBlock;
import dev.rensa.explorer.index.IndexedTransaction;
import dev.rensa.explorer.tree.TreeBlock;
import dev.rensa.explorer.tree.TreeKeeper;
import dev.rensa.protocol.address.Address;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.crypto.TransactionId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Blocks, transactions and accounts, for programs and pages alike. Every text is checked; what is wrong, unknown or not
 * there yet is a {@link ProblemException}.
 */
@ApplicationScoped
public class ChainReader {

    /** Blocks a page, as Esplora has it. */
    public static final int BLOCKS_PAGE = 10;

    /** Blocks a page of the web page: a screen. */
    public static final int PAGE_BLOCKS = 25;

    /** Transactions a page, as Esplora has it. */
    public static final int TRANSACTIONS_PAGE = 25;

    private final ChainQueries queries;
    private final ChainIndexer indexer;
    private final TreeKeeper tree;
    private final NodeQuestions nodes;

    ChainReader(ChainQueries queries, ChainIndexer indexer, TreeKeeper tree, NodeQuestions nodes) {
        this.queries = queries;
        this.indexer = indexer;
        this.tree = tree;
        this.nodes = nodes;
    }

    /** Height of the index's tip. */
    public long tipHeight() {
        return cursor().height();
    }

    /** Hash of the index's tip. */
    public String tipHash() {
        return cursor().hash().toHex();
    }

    /** The coin's symbol; empty before a network is known. */
    public Optional<String> coinSymbol() {
        return queries.cursor().map(cursor -> cursor.genesis().coinSymbol());
    }

    /** The newest blocks, newest first. */
    public List<BlockInfo> blocks() {
        IndexCursor cursor = cursor();
        return page(cursor, cursor.height(), BLOCKS_PAGE);
    }

    /** Blocks from a height downwards. */
    public List<BlockInfo> blocksFrom(String startHeight) {
        return page(startHeight, BLOCKS_PAGE);
    }

    /** The newest blocks, in a longer page. */
    public List<BlockInfo> newestBlocks() {
        IndexCursor cursor = cursor();
        return page(cursor, cursor.height(), PAGE_BLOCKS);
    }

    /** Blocks from a height downwards, in a longer page. */
    public List<BlockInfo> blocksPage(String startHeight) {
        return page(startHeight, PAGE_BLOCKS);
    }

    /** Most bytes of transactions that a block of this network holds. */
    public int maxBlockBytes() {
        return cursor().genesis().maxBlockBytes();
    }

    private List<BlockInfo> page(String startHeight, int limit) {
        long start = Inputs.height(startHeight);
        IndexCursor cursor = cursor();
        requireIndexed(start, cursor);
        return page(cursor, start, limit);
    }

    private List<BlockInfo> page(IndexCursor cursor, long start, int limit) {
        Views views = new Views(cursor);
        return queries.blocksDown(start, limit).stream().map(views::block).toList();
    }

    /** The canonical block's hash at a height. */
    public String hashAt(String heightText) {
        return blockAt(heightText).hash();
    }

    /** The canonical block at a height. */
    public BlockInfo blockAt(String heightText) {
        long height = Inputs.height(heightText);
        IndexCursor cursor = cursor();
        return queries.blockAt(height).map(new Views(cursor)::block).orElseThrow(() -> aboveTip(height, cursor));
    }

    /** A block on the canonical chain, or a recent one on any branch. */
    public BlockInfo block(String hashText) {
        BlockHash hash = Inputs.blockHash(hashText);
        Views views = new Views(cursor());
        return queries.block(hash)
                .map(views::block)
                .or(() -> strayPlace(hash).map(place -> views.strayBlock(strayBlock(hash), place)))
                .orElseThrow(() -> unknownBlock(hash));
    }

    /** A page of a block's transactions in their order, from a position on. */
    public List<TransactionInfo> transactionsIn(String hashText, String startText) {
        BlockHash hash = Inputs.blockHash(hashText);
        int start = Inputs.position(startText);
        Views views = new Views(cursor());
        Optional<IndexedBlock> indexed = queries.block(hash);
        if (indexed.isPresent()) {
            requireWithin(start, indexed.get().transactionCount());
            return queries.transactionsIn(indexed.get().height(), start, TRANSACTIONS_PAGE).stream()
                    .map(views::transaction)
                    .toList();
        }
        if (strayPlace(hash).isEmpty()) {
            throw unknownBlock(hash);
        }
        Block stray = strayBlock(hash);
        requireWithin(start, stray.transactions().size());
        return IntStream.range(start, Math.min(stray.transactions().size(), start + TRANSACTIONS_PAGE))
                .mapToObj(
                        position -> views.strayTransaction(stray.transactions().get(position), stray, position))
                .toList();
    }

    /** The transactions mined last, newest first. */
    public List<TransactionInfo> latestTransactions(int limit) {
        Views views = new Views(cursor());
        return queries.latestTransactions(limit).stream()
                .map(views::transaction)
                .toList();
    }

    /** A transaction on the canonical chain, or in a node's mempool. */
    public TransactionInfo transaction(String idText) {
        TransactionId id = Inputs.transactionId(idText);
        Views views = new Views(cursor());
        return queries.transaction(id)
                .map(views::transaction)
                .or(() -> nodes.transaction(id).map(Views::told))
                .orElseThrow(() -> ProblemException.notFound(
                        "unknown-transaction",
                        "No transaction " + id + " is on the chain or in a mempool. It may have expired, been replaced,"
                                + " or never reached a node."));
    }

    /** An account; one that nothing has happened to is all zeros. */
    public AccountInfo account(String address) {
        IndexCursor cursor = cursor();
        PublicKey key = Inputs.account(address, cursor.genesis().addressPrefix());
        return new Views(cursor).account(queries.account(key).orElseGet(() -> IndexedAccount.untouched(key)));
    }

    /**
     * A page of an account's mined transactions, newest first.
     *
     * @param lastSeen id of the last one of the page before, absent for the first page
     */
    public List<TransactionInfo> transactionsOf(String address, @Nullable String lastSeen) {
        IndexCursor cursor = cursor();
        PublicKey key = Inputs.account(address, cursor.genesis().addressPrefix());
        IndexedTransaction after = lastSeen == null ? null : lastOf(key, Inputs.transactionId(lastSeen));
        Views views = new Views(cursor);
        return queries.transactionsOf(key, after, TRANSACTIONS_PAGE).stream()
                .map(views::transaction)
                .toList();
    }

    private IndexedTransaction lastOf(PublicKey key, TransactionId id) {
        return queries.transaction(id)
                .filter(transaction -> transaction.concerns(key))
                .orElseThrow(() -> ProblemException.notFound(
                        "unknown-transaction",
                        "Transaction " + id + ", behind which the page should begin, is not in this account's history;"
                                + " a reorganisation may have taken it back. Begin at the first page."));
    }

    /** The text of an address of this network, checked. */
    String requireAddress(String address) {
        String prefix = cursor().genesis().addressPrefix();
        return new Address(prefix, Inputs.account(address, prefix)).toString();
    }

    /** The index's cursor; a problem while there is none. */
    IndexCursor cursor() {
        return queries.cursor()
                .orElseThrow(() -> ProblemException.unavailable(
                        "no-chain-yet",
                        "There is no chain to show yet: " + indexer.progress().detail() + "."));
    }

    /** A block off the canonical chain is fetched only if a node was seen to have it: callers cannot make us search. */
    private Optional<TreeBlock> strayPlace(BlockHash hash) {
        return tree.snapshot().block(hash);
    }

    private Block strayBlock(BlockHash hash) {
        return nodes.block(hash)
                .orElseThrow(() -> ProblemException.unavailable(
                        "no-node-answers", "No node that can be reached gives out block " + hash + " at the moment."));
    }

    private static void requireWithin(int start, int count) {
        if (start > 0 && start >= count) {
            throw ProblemException.notFound(
                    "position-beyond-block",
                    "The block has " + count + " transactions; a page cannot begin at position " + start + ".");
        }
    }

    private static void requireIndexed(long height, IndexCursor cursor) {
        if (height > cursor.height()) {
            throw aboveTip(height, cursor);
        }
    }

    private static ProblemException aboveTip(long height, IndexCursor cursor) {
        return ProblemException.notFound(
                "unknown-block",
                "There is no block at height " + height + " yet: the indexed chain ends at " + cursor.height() + ".");
    }

    private static ProblemException unknownBlock(BlockHash hash) {
        return ProblemException.notFound("unknown-block", "No node that was watched has a block " + hash + ".");
    }
}
