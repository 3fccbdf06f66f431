package dev.rensa.bench.propagation;

import dev.rensa.node.chain.ChainChange;
import dev.rensa.node.chain.ChainHead;
import dev.rensa.node.core.NodeListener;
import dev.rensa.node.peer.NodeKey;
import dev.rensa.node.peer.PeerAddress;
import dev.rensa.node.peer.PeerInfo;
import dev.rensa.node.peer.PeerLink;
import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.verdict.RejectionReason;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Notes when a node's head moves, and how many transactions and peers it has. Read from any thread. */
final class ChainWatch implements NodeListener {

    private final AtomicInteger admitted = new AtomicInteger();
    private final AtomicInteger evicted = new AtomicInteger();
    private final AtomicInteger compactBlocks = new AtomicInteger();
    private final AtomicInteger rebuiltAlone = new AtomicInteger();
    private volatile long headNanos;
    private volatile long height;

    /** When the head moved last. */
    long headNanos() {
        return headNanos;
    }

    long height() {
        return height;
    }

    /** Transactions that the mempool has taken since the start. */
    int admitted() {
        return admitted.get();
    }

    /** Transactions that left the mempool without being mined: none, if the network is in order. */
    int evicted() {
        return evicted.get();
    }

    /** Blocks that came in compact form. */
    int compactBlocks() {
        return compactBlocks.get();
    }

    /** Those of them that were rebuilt from what was here, without a second round trip. */
    int rebuiltAlone() {
        return rebuiltAlone.get();
    }

    @Override
    public void compactBlockEnded(CompactOutcome outcome) {
        compactBlocks.incrementAndGet();
        if (outcome == CompactOutcome.REBUILT) {
            rebuiltAlone.incrementAndGet();
        }
    }

    @Override
    public void chainChanged(ChainChange change, Optional<NodeKey> from) {
        headNanos = System.nanoTime();
        height = change.head().height();
    }

    @Override
    public void admitted(Transaction transaction, boolean pending) {
        admitted.incrementAndGet();
    }

    @Override
    public void evicted(Transaction transaction, RejectionReason reason) {
        evicted.incrementAndGet();
    }

    @Override
    public void peerConnected(PeerLink link) {}

    @Override
    public void peerDisconnected(PeerLink link, Rejection rejection) {}

    @Override
    public void addressesLearned(PeerInfo from, List<PeerAddress> addresses) {}

    @Override
    public void baseInstalled(ChainHead base) {}

    @Override
    public void branchRefused(NodeKey peer, Rejection rejection) {}
}
