package dev.rensa.node.chain;

import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.block.BlockHeader;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.Bytes32;
import dev.rensa.protocol.crypto.Hash;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.genesis.Genesis;
import dev.rensa.protocol.merkle.MerkleTree;
import dev.rensa.protocol.money.Amount;
import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.protocol.work.Work;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * A naive model of the rules that keeps all accounts behind every block, and a miner for tests: it builds valid blocks on
 * whatever parent, and broken ones on request. Blocks have the network's initial target.
 */
public final class ModelChain {
    private final Genesis genesis;
    private final Map<BlockHash, Node> nodes = new HashMap<>();
    private final Block block0;

    public ModelChain(Genesis genesis) {
        this.genesis = genesis;
        this.block0 = genesis.block0();
        SortedMap<PublicKey, Account> accounts = new TreeMap<>();
        genesis.allocations().forEach(a -> accounts.put(a.account(), new Account(a.amount(), 0)));
        nodes.put(block0.hash(), new Node(block0, Work.ofTarget(block0.header().target()), accounts));
    }

    /** A block with the accounts behind it. */
    public record Node(Block block, Work work, SortedMap<PublicKey, Account> accounts) {}

    public Block block0() {
        return block0;
    }

    public Node node(BlockHash hash) {
        Node node = nodes.get(hash);
        if (node == null) {
            throw new IllegalArgumentException("the model does not know " + hash);
        }
        return node;
    }

    public Collection<Node> nodes() {
        return nodes.values();
    }

    /** A valid block on top of the parent, remembered. */
    public Block mine(Block parent, PublicKey miner, List<Transaction> transactions) {
        Block block = mineBroken(parent, miner, transactions, header -> header);
        remember(block);
        return block;
    }

    /** As many valid blocks without transactions. */
    public List<Block> mineMany(Block parent, PublicKey miner, int count) {
        List<Block> blocks = new ArrayList<>();
        Block tip = parent;
        for (int i = 0; i < count; i++) {
            tip = mine(tip, miner, List.of());
            blocks.add(tip);
        }
        return blocks;
    }

    /** A block whose header is changed before its nonce is searched; it is not remembered. */
    public Block mineBroken(
            Block parent, PublicKey miner, List<Transaction> transactions, UnaryOperator<BlockHeader> change) {
        BlockHeader header = change.apply(new BlockHeader(
                parent.height() + 1,
                parent.hash(),
                Block.transactionsRoot(transactions),
                genesis.isCheckpoint(parent.height() + 1) ? stateRootFor(parent) : Hash.ZERO,
                parent.header().timestampMillis() + genesis.spacingMillis(),
                genesis.initialTarget(),
                miner,
                0));
        return new Block(search(header), transactions);
    }

    /** The same header with the first nonce that meets its target. */
    public static BlockHeader search(BlockHeader header) {
        BlockHeader found = header;
        while (!found.target().isMetBy(found.hash())) {
            found = found.withNonce(found.nonce() + 1);
        }
        return found;
    }

    /** Applies a valid block that was built elsewhere or by {@link #mineBroken}. */
    public void remember(Block block) {
        Node parent = node(block.header().parent());
        Work work = parent.work().plus(Work.ofTarget(block.header().target()));
        nodes.put(block.hash(), new Node(block, work, apply(parent.accounts(), block)));
    }

    /** The best of all remembered blocks: most work, then the lower hash. */
    public Node best() {
        Node best = node(block0.hash());
        for (Node node : nodes.values()) {
            int order = node.work().compareTo(best.work());
            if (order > 0
                    || (order == 0 && node.block().hash().compareTo(best.block().hash()) < 0)) {
                best = node;
            }
        }
        return best;
    }

    private SortedMap<PublicKey, Account> apply(SortedMap<PublicKey, Account> before, Block block) {
        SortedMap<PublicKey, Account> accounts = new TreeMap<>(before);
        Amount reward = genesis.subsidyAt(block.height());
        for (Transaction transaction : block.transactions()) {
            Account sender = accounts.get(transaction.sender());
            accounts.put(
                    transaction.sender(),
                    new Account(sender.balance().minus(transaction.cost()), sender.nextNonce() + 1));
            credit(accounts, transaction.recipient(), transaction.amount());
            reward = reward.plus(transaction.fee());
        }
        credit(accounts, block.header().miner(), reward);
        accounts.values().removeIf(Account::isEmpty);
        return accounts;
    }

    private static void credit(Map<PublicKey, Account> accounts, PublicKey key, Amount amount) {
        Account account = accounts.getOrDefault(key, Account.EMPTY);
        accounts.put(key, new Account(account.balance().plus(amount), account.nextNonce()));
    }

    private Hash stateRootFor(Block parent) {
        long committed = parent.height() + 1 - genesis.checkpointInterval();
        Block block = parent;
        while (block.height() > committed) {
            block = node(block.header().parent()).block();
        }
        return stateRoot(node(block.hash()).accounts());
    }

    /** The state root as docs/protocol.md says it, with nothing saved. */
    public static Hash stateRoot(SortedMap<PublicKey, Account> accounts) {
        List<List<byte[]>> buckets = new ArrayList<>();
        for (int i = 0; i < 65_536; i++) {
            buckets.add(new ArrayList<>(0));
        }
        accounts.forEach((key, account) -> {
            byte[] bytes = key.toBytes();
            buckets.get(((bytes[0] & 0xff) << 8) | (bytes[1] & 0xff))
                    .add(ByteBuffer.allocate(48)
                            .put(bytes)
                            .putLong(account.balance().mon())
                            .putLong(account.nextNonce())
                            .array());
        });
        List<Bytes32> roots = new ArrayList<>();
        buckets.forEach(bucket -> roots.add(MerkleTree.rootOfBytes(bucket)));
        return MerkleTree.root(roots);
    }
}
