package dev.rensa.explorer.api;

import dev.rensa.explorer.index.IndexCursor;
import dev.rensa.explorer.index.IndexedAccount;
import dev.rensa.explorer.index.IndexedBlock;
import dev.rensa.explorer.index.IndexedTransaction;
import dev.rensa.explorer.tree.TreeBlock;
import dev.rensa.protocol.address.Address;
import dev.rensa.protocol.api.TransactionView;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.block.BlockHeader;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.protocol.work.Work;

/** The index's records as the API writes them, seen from the index's tip. */
final class Views {

    private final IndexCursor cursor;

    Views(IndexCursor cursor) {
        this.cursor = cursor;
    }

    BlockInfo block(IndexedBlock block) {
        return block(
                block.header(),
                block.hash(),
                block.work(),
                true,
                confirmations(block.height()),
                block.fees(),
                block.size(),
                block.transactionCount());
    }

    /** A block of another branch, as a node holds it. */
    BlockInfo strayBlock(Block block, TreeBlock place) {
        long fees = block.transactions().stream()
                .mapToLong(transaction -> transaction.fee().mon())
                .sum();
        return block(
                block.header(),
                block.hash(),
                place.work(),
                false,
                0,
                fees,
                block.size(),
                block.transactions().size());
    }

    private BlockInfo block(
            BlockHeader header,
            BlockHash hash,
            Work work,
            boolean canonical,
            long confirmations,
            long fees,
            int size,
            int transactionCount) {
        return new BlockInfo(
                header.height(),
                hash.toHex(),
                header.parent().toHex(),
                header.transactionsRoot().toHex(),
                header.stateRoot().toHex(),
                header.timestampMillis(),
                header.target().toHex(),
                address(header.miner()),
                header.nonce(),
                work.toString(),
                canonical,
                confirmations,
                cursor.genesis().subsidyAt(header.height()).mon(),
                fees,
                size,
                transactionCount);
    }

    TransactionInfo transaction(IndexedTransaction mined) {
        return transaction(
                mined.transaction(),
                new TransactionInfo.StatusInfo(
                        true,
                        "mined",
                        mined.block().toHex(),
                        mined.height(),
                        mined.position(),
                        mined.timestampMillis(),
                        confirmations(mined.height()),
                        null));
    }

    /** A transaction in a block of another branch. */
    TransactionInfo strayTransaction(Transaction transaction, Block block, int position) {
        return transaction(
                transaction,
                new TransactionInfo.StatusInfo(
                        false,
                        "orphaned",
                        block.hash().toHex(),
                        block.height(),
                        position,
                        block.header().timestampMillis(),
                        0,
                        null));
    }

    private TransactionInfo transaction(Transaction transaction, TransactionInfo.StatusInfo status) {
        return new TransactionInfo(
                transaction.id().toHex(),
                address(transaction.sender()),
                transaction.nonce(),
                address(transaction.recipient()),
                transaction.amount().mon(),
                transaction.fee().mon(),
                transaction.validUntil(),
                transaction.memo(),
                transaction.signature().toHex(),
                transaction.size(),
                status);
    }

    /** A transaction as a node tells of it. */
    static TransactionInfo told(TransactionView view) {
        return new TransactionInfo(
                view.id(),
                view.sender(),
                view.nonce(),
                view.recipient(),
                view.amount(),
                view.fee(),
                view.validUntil(),
                view.memo(),
                view.signature(),
                view.size(),
                new TransactionInfo.StatusInfo(
                        "mined".equals(view.state()),
                        view.state(),
                        view.block(),
                        view.height(),
                        view.index(),
                        null,
                        view.confirmations(),
                        view.missingNonce()));
    }

    AccountInfo account(IndexedAccount account) {
        return new AccountInfo(
                address(account.key()),
                account.balance(),
                account.sentCount(),
                account.sentCount() + account.receivedCount(),
                account.sentCount(),
                account.sent(),
                account.feesPaid(),
                account.receivedCount(),
                account.received(),
                account.minedCount(),
                account.mined(),
                account.allocated(),
                cursor.height());
    }

    private String address(PublicKey key) {
        return new Address(cursor.genesis().addressPrefix(), key).toString();
    }

    private long confirmations(long height) {
        // A block may be indexed between two readings; it is never less than confirmed once.
        return Math.max(1, cursor.height() - height + 1);
    }
}
