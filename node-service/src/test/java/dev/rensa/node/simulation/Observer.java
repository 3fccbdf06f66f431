package dev.rensa.node.simulation;

import dev.rensa.node.chain.ChainChange;
import dev.rensa.node.peer.Message;
import dev.rensa.node.peer.PeerAddress;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.crypto.TransactionId;
import dev.rensa.protocol.money.Amount;
import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.protocol.work.Work;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Watches everything and throws an AssertionError at the moment when something is wrong. */
final class Observer {

    private final World world;
    private final Map<SimulatedNode, Work> mostWork = new HashMap<>();

    /** Transactions that some node took, with the nodes that had them in this life. */
    private final Map<TransactionId, Set<SimulatedNode>> holders = new LinkedHashMap<>();

    private final Map<TransactionId, Long> firstSeenMillis = new HashMap<>();
    private final Map<BlockHash, Long> minedMillis = new HashMap<>();
    private final Set<TransactionId> refusedWithReason = new HashSet<>();
    private final Set<TransactionId> diedWithHolder = new HashSet<>();
    private final Set<SimulatedNode> exchangers = new LinkedHashSet<>();

    private final Map<TransactionId, Set<SimulatedNode>> seenBy = new HashMap<>();
    private final Map<SimulatedNode, Integer> goingBack = new HashMap<>();

    /** Transactions that some node had mined and then not: they are announced, and may be asked for, a second time. */
    private final Set<TransactionId> wentBack = new HashSet<>();

    private long deepestReorganisation;
    private long blocksConnected;
    private long repeatedTransactions;
    private long slowestTransactionMillis;
    private long slowestBlockMillis;

    Observer(World world) {
        this.world = world;
    }

    void started(SimulatedNode node) {
        checkWork(node);
        checkSupply(node);
    }

    void died(SimulatedNode node) {
        holders.forEach((id, nodes) -> {
            if (nodes.remove(node)) {
                diedWithHolder.add(id);
            }
        });
    }

    void chainChanged(SimulatedNode node, ChainChange change) {
        if (node.isHonest()) {
            countDepth(node, change);
        }
        for (Block block : change.disconnected()) {
            block.transactions().forEach(transaction -> wentBack.add(transaction.id()));
        }
        long now = world.schedule().nowMillis();
        for (Block block : change.connected()) {
            blocksConnected++;
            minedMillis.putIfAbsent(block.hash(), now);
            slowestBlockMillis = Math.max(slowestBlockMillis, now - minedMillis.get(block.hash()));
            block.transactions().forEach(transaction -> sees(node, transaction));
        }
        checkSupply(node);
    }

    /** A long way is told in steps: what goes back is one reorganisation until something is connected. */
    private void countDepth(SimulatedNode node, ChainChange change) {
        int depth = goingBack.getOrDefault(node, 0) + change.disconnected().size();
        deepestReorganisation = Math.max(deepestReorganisation, depth);
        goingBack.put(node, change.connected().isEmpty() ? depth : 0);
    }

    private void sees(SimulatedNode node, Transaction transaction) {
        long now = world.schedule().nowMillis();
        firstSeenMillis.putIfAbsent(transaction.id(), now);
        if (seenBy.computeIfAbsent(transaction.id(), id -> new HashSet<>()).add(node)) {
            long waited = now - firstSeenMillis.get(transaction.id());
            slowestTransactionMillis = Math.max(slowestTransactionMillis, waited);
            if (waited > 1_000) {
                world.trace().add(node + " sees " + Words.shorten(transaction.id()) + " after " + waited + " ms");
            }
        }
    }

    void admitted(SimulatedNode node, Transaction transaction) {
        sees(node, transaction);
        if (node.isHonest()) {
            holders.computeIfAbsent(transaction.id(), id -> new HashSet<>()).add(node);
        }
    }

    void evicted(Transaction transaction) {
        refusedWithReason.add(transaction.id());
    }

    void delivered(SimulatedNode to, Message message) {
        if (message instanceof Message.Transactions(List<Transaction> transactions)) {
            repeatedTransactions += transactions.stream()
                    .map(Transaction::id)
                    .filter(id -> to.mempool().contains(id) && !wentBack.contains(id))
                    .count();
        }
    }

    void learned(SimulatedNode node, List<PeerAddress> addresses) {
        if (!addresses.isEmpty()) {
            exchangers.add(node);
        }
    }

    /** A node never goes back to less work, not even by dying. To be called when it says what its head is. */
    void checkWork(SimulatedNode node) {
        Work work = node.chain().head().work();
        Work before = mostWork.getOrDefault(node, Work.ZERO);
        if (work.compareTo(before) < 0) {
            throw new AssertionError(node + " went back from work " + before + " to " + work);
        }
        mostWork.put(node, work);
    }

    /** No coin is made or lost. */
    private void checkSupply(SimulatedNode node) {
        Amount sum = Amount.ZERO;
        for (PublicKey key : Money.everyone(world.nodes().size())) {
            sum = sum.plus(node.chain().account(key).balance());
        }
        Amount supply = world.money().supplyAt(node.chain().head().height());
        if (!sum.equals(supply)) {
            throw new AssertionError(
                    node + " has " + sum + " at height " + node.chain().head().height() + ", not " + supply);
        }
    }

    /** Nothing that was taken is gone without a word. */
    void checkNothingLost(SimulatedNode reference, List<SimulatedNode> living) {
        for (TransactionId id : holders.keySet()) {
            boolean accountedFor = reference.chain().position(id).isPresent()
                    || living.stream().anyMatch(node -> node.mempool().contains(id))
                    || refusedWithReason.contains(id)
                    || diedWithHolder.contains(id);
            if (!accountedFor) {
                throw new AssertionError("transaction " + id + " was taken and is nowhere");
            }
        }
    }

    Set<TransactionId> taken() {
        return holders.keySet();
    }

    long deepestReorganisation() {
        return deepestReorganisation;
    }

    long blocksConnected() {
        return blocksConnected;
    }

    long repeatedTransactions() {
        return repeatedTransactions;
    }

    long slowestTransactionMillis() {
        return slowestTransactionMillis;
    }

    long slowestBlockMillis() {
        return slowestBlockMillis;
    }

    Set<SimulatedNode> exchangers() {
        return exchangers;
    }
}
