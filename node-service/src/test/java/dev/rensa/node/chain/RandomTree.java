package dev.rensa.node.chain;

import static dev.rensa.node.chain.TestNetwork.account;

import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.transaction.Transaction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A tree of valid blocks that fork anywhere, with transfers that differ from branch to branch. */
final class RandomTree {
    private static final int ACCOUNTS = 6;

    private final TestNetwork network;
    private final ModelChain model;
    private final Random random;
    private final List<Block> blocks = new ArrayList<>();

    RandomTree(long seed, int size, long checkpointInterval) {
        this.network = TestNetwork.ofAccounts(ACCOUNTS, checkpointInterval);
        this.model = new ModelChain(network.genesis());
        this.random = new Random(seed);
        for (int i = 0; i < size; i++) {
            Block parent = pickParent();
            PublicKey miner = account(random.nextInt(ACCOUNTS + 2));
            blocks.add(model.mine(parent, miner, transfers(parent)));
        }
    }

    TestNetwork network() {
        return network;
    }

    ModelChain model() {
        return model;
    }

    /** In the order in which they were mined: parents first. */
    List<Block> blocks() {
        return blocks;
    }

    /** Mostly one of the last blocks, so that branches grow; sometimes any. */
    private Block pickParent() {
        if (blocks.isEmpty() || random.nextInt(25) == 0) {
            return model.block0();
        }
        int span = random.nextInt(5) == 0 ? blocks.size() : Math.min(3, blocks.size());
        return blocks.get(blocks.size() - 1 - random.nextInt(span));
    }

    private List<Transaction> transfers(Block parent) {
        Map<PublicKey, Account> accounts = model.node(parent.hash()).accounts();
        Map<Integer, Long> nonces = new HashMap<>();
        List<Transaction> transactions = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            int sender = random.nextInt(ACCOUNTS);
            Account account = accounts.getOrDefault(account(sender), Account.EMPTY);
            long nonce = nonces.getOrDefault(sender, account.nextNonce());
            long share = account.balance().mon() / 8;
            if (share > 10) {
                PublicKey recipient = account(random.nextInt(ACCOUNTS + 20));
                transactions.add(
                        network.transfer(sender, nonce, recipient, 1 + random.nextLong(share), random.nextInt(10)));
                nonces.put(sender, nonce + 1);
            }
        }
        return transactions;
    }
}
