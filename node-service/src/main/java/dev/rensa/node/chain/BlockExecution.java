package dev.rensa.node.chain;

import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.money.Amount;
import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.verdict.RejectionReason;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Applies the transactions of one block to the accounts that it touches, in memory. Each account is looked up once a
 * transaction and read from the storage once a block. For one thread and one block.
 */
final class BlockExecution {
    private final Block block;
    private final long subsidyMon;
    private final Map<PublicKey, Entry> entries;

    /** Sender and recipient of each transaction, side by side. */
    private final Entry[] parties;

    private final Entry miner;

    BlockExecution(Block block, Amount subsidy) {
        this.block = block;
        this.subsidyMon = subsidy.mon();
        List<Transaction> transactions = block.transactions();
        this.entries = HashMap.newHashMap(2 * transactions.size() + 1);
        this.parties = new Entry[2 * transactions.size()];
        for (int i = 0; i < transactions.size(); i++) {
            parties[2 * i] = entry(transactions.get(i).sender());
            parties[2 * i + 1] = entry(transactions.get(i).recipient());
        }
        this.miner = entry(block.header().miner());
    }

    /** An account while the block is applied: numbers in place, so that a transfer allocates nothing. */
    static final class Entry {
        private final PublicKey key;
        private Account before = Account.EMPTY;
        private long balanceMon;
        private long nextNonce;

        private Entry(PublicKey key) {
            this.key = key;
        }

        PublicKey key() {
            return key;
        }

        void load(Account account) {
            before = account;
            balanceMon = account.balance().mon();
            nextNonce = account.nextNonce();
        }

        private boolean isChanged() {
            return balanceMon != before.balance().mon() || nextNonce != before.nextNonce();
        }

        private Account after() {
            return new Account(Amount.ofMon(balanceMon), nextNonce);
        }
    }

    /** All accounts that the block touches; they must be loaded before {@link #run}. */
    Collection<Entry> entries() {
        return entries.values();
    }

    /** Applies everything, or says which rule the first wrong transaction breaks. */
    Optional<Rejection> run() {
        List<Transaction> transactions = block.transactions();
        long feesMon = 0;
        for (int i = 0; i < transactions.size(); i++) {
            Transaction transaction = transactions.get(i);
            Optional<Rejection> rejection = apply(transaction, i, parties[2 * i], parties[2 * i + 1]);
            if (rejection.isPresent()) {
                return rejection;
            }
            long sum = feesMon + transaction.fee().mon();
            if (sum < 0) {
                return overflow("the fees of the block");
            }
            feesMon = sum;
        }
        // R-B5: the miner receives subsidy and fees behind the last transaction, so nobody spends them in the same
        // block.
        long reward = subsidyMon + feesMon;
        if (reward < 0 || miner.balanceMon + reward < 0) {
            return overflow("the miner's balance");
        }
        miner.balanceMon += reward;
        return Optional.empty();
    }

    private static Optional<Rejection> apply(Transaction transaction, int index, Entry sender, Entry recipient) {
        // Rule: a sender's transactions follow one another without gap or repetition.
        if (transaction.nonce() != sender.nextNonce) {
            return BodyRules.invalid(
                    index,
                    transaction,
                    transaction.nonce() < sender.nextNonce ? RejectionReason.NONCE_TOO_LOW : RejectionReason.NONCE_GAP,
                    "its nonce is " + transaction.nonce() + ", its sender's next is " + sender.nextNonce);
        }
        // Rule: the balance covers amount and fee. The decoder has made sure that their sum does not overflow.
        long costMon = transaction.amount().mon() + transaction.fee().mon();
        if (sender.balanceMon < costMon) {
            return BodyRules.invalid(
                    index,
                    transaction,
                    RejectionReason.INSUFFICIENT_FUNDS,
                    "amount and fee are " + costMon + " mon, its sender has " + sender.balanceMon + " mon");
        }
        sender.balanceMon -= costMon;
        sender.nextNonce++;
        long received = recipient.balanceMon + transaction.amount().mon();
        if (received < 0) {
            return overflow("the balance of the recipient of transaction " + index);
        }
        recipient.balanceMon = received;
        return Optional.empty();
    }

    /** The genesis bounds all money there can ever be, so this stands between a mistake of ours and the ledger. */
    private static Optional<Rejection> overflow(String what) {
        return BodyRules.rejected(RejectionReason.MONEY_OVERFLOW, what + " would exceed 2^63 - 1 mon");
    }

    /** The changed accounts as they stand behind the block. */
    Map<PublicKey, Account> after() {
        Map<PublicKey, Account> after = HashMap.newHashMap(entries.size());
        for (Entry entry : entries.values()) {
            if (entry.isChanged()) {
                after.put(entry.key, entry.after());
            }
        }
        return after;
    }

    /** The changed accounts as they stood before the block. */
    List<Records.Prior> before() {
        List<Records.Prior> before = new ArrayList<>(entries.size());
        for (Entry entry : entries.values()) {
            if (entry.isChanged()) {
                before.add(new Records.Prior(entry.key, entry.before));
            }
        }
        return before;
    }

    private Entry entry(PublicKey key) {
        return entries.computeIfAbsent(key, Entry::new);
    }
}
