package dev.rensa.node.mempool;

import dev.rensa.node.chain.ChainChange;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.crypto.TransactionId;
import dev.rensa.protocol.transaction.Transaction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A step of the chain as the mempool looks at it.
 *
 * @param accounts whose balance or nonce may have changed
 * @param connected transactions that were mined
 * @param abandoned transactions of blocks that left, in the order in which they once were applied
 */
record FollowedChange(Set<PublicKey> accounts, Set<TransactionId> connected, List<Transaction> abandoned) {

    /** Nothing that waits here is touched. */
    static final FollowedChange NONE = new FollowedChange(Set.of(), Set.of(), List.of());

    static FollowedChange of(ChainChange change) {
        Set<PublicKey> accounts = new HashSet<>();
        Set<TransactionId> connected = new HashSet<>();
        List<Transaction> abandoned = new ArrayList<>();
        for (Block block : change.connected()) {
            addAccounts(block, accounts);
            block.transactions().forEach(transaction -> connected.add(transaction.id()));
        }
        for (Block block : change.disconnected().reversed()) {
            addAccounts(block, accounts);
            abandoned.addAll(block.transactions());
        }
        return new FollowedChange(accounts, connected, abandoned);
    }

    boolean connects(TransactionId id) {
        return connected.contains(id);
    }

    private static void addAccounts(Block block, Set<PublicKey> accounts) {
        accounts.add(block.header().miner());
        for (Transaction transaction : block.transactions()) {
            accounts.add(transaction.sender());
            accounts.add(transaction.recipient());
        }
    }
}
