package dev.rensa.node.chain;

import static dev.rensa.node.chain.TestNetwork.account;

import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.genesis.Genesis;
import dev.rensa.protocol.transaction.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/** A node that mines block upon block of transfers, on whatever its storage holds, until somebody kills it. */
public final class BusyNode {
    private static final TestNetwork NETWORK = TestNetwork.ofAccounts(20, 7);
    private static final long NOW = TestNetwork.START_MILLIS + 1_000_000_000_000L;

    private final ChainStorage storage;
    private final Chain chain;
    private final ModelChain model;

    /** Opens the chain and lets the model follow it from block 0. */
    public BusyNode(ChainStorage storage) {
        this.storage = storage;
        this.chain = Chain.open(NETWORK.genesis(), storage, 100);
        this.model = new ModelChain(NETWORK.genesis());
        for (long height = 1; height <= height(); height++) {
            model.remember(chain.canonicalHash(height).flatMap(chain::block).orElseThrow());
        }
    }

    /** The network that it mines on. */
    public static Genesis genesis() {
        return NETWORK.genesis();
    }

    public Chain chain() {
        return chain;
    }

    /** Mines one block on the head; returns its height once it is confirmed. */
    public long mineOne() {
        Block parent = model.node(chain.head().hash()).block();
        List<Transaction> transactions = new ArrayList<>();
        SortedMap<?, Account> accounts = model.node(parent.hash()).accounts();
        for (int sender = 0; sender < 20; sender++) {
            long nonce = accounts.get(account(sender)).nextNonce();
            transactions.add(NETWORK.transfer(sender, nonce, account(100 + (int) parent.height()), 3, 1));
        }
        Block block = model.mine(parent, account(99), transactions);
        if (!(chain.acceptBlock(block, NOW) instanceof BlockOutcome.Connected)) {
            throw new IllegalStateException("a valid block on top of the head must be connected");
        }
        return block.height();
    }

    public long height() {
        return chain.head().height();
    }

    /** Whether the accounts on disk are exactly those that the blocks on disk lead to. */
    public boolean isExact() {
        return StoredState.accounts(storage)
                .equals(model.node(chain.head().hash()).accounts());
    }
}
