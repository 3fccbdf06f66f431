package dev.rensa.node.app;

import dev.rensa.node.api.EventStream;
import dev.rensa.node.api.EventType;
import dev.rensa.node.chain.ChainChange;
import dev.rensa.node.chain.ChainHead;
import dev.rensa.node.chain.ChainView;
import dev.rensa.node.core.NodeListener;
import dev.rensa.node.peer.NodeKey;
import dev.rensa.node.peer.PeerAddress;
import dev.rensa.node.peer.PeerInfo;
import dev.rensa.node.peer.PeerLink;
import dev.rensa.node.peer.RateLimitedLog;
import dev.rensa.protocol.address.Address;
import dev.rensa.protocol.api.NodeEvent;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.crypto.TransactionId;
import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.verdict.RejectionReason;
import dev.rensa.protocol.work.Work;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Tells what happens in the node: to clients of the event stream, to the counters, and in the log what is rare. */
final class NodeEvents implements NodeListener {

    private static final Logger LOG = Logger.getLogger(NodeEvents.class);

    /** Peers come and go, and split the chain, as often as they like. */
    private final RateLimitedLog told = new RateLimitedLog(LOG, 60);

    private final RateLimitedLog alerts = new RateLimitedLog(LOG, 6);

    private final ChainView chain;
    private final EventStream stream;
    private final NodeCounters counters;
    private final InstantSource clock;
    private volatile BiConsumer<PeerInfo, List<PeerAddress>> addressBook = (from, addresses) -> {};

    NodeEvents(ChainView chain, EventStream stream, NodeCounters counters, InstantSource clock) {
        this.chain = chain;
        this.stream = stream;
        this.counters = counters;
        this.clock = clock;
        stream.watch(chain::head);
    }

    /** Where addresses go that peers tell of; until then they are dropped. */
    void tellAddressesTo(BiConsumer<PeerInfo, List<PeerAddress>> newAddressBook) {
        addressBook = newAddressBook;
    }

    @Override
    public void chainChanged(ChainChange change, Optional<NodeKey> from) {
        counters.blocksConnected(change.connected().size(), from.isPresent());
        if (change.isReorganisation()) {
            counters.reorganised();
            tellReorganisation(change);
        }
        change.connected().forEach(block -> tellBlock(block, from));
    }

    @Override
    public void admitted(Transaction transaction, boolean pending) {
        tell(transaction, pending ? "pending" : "queued", null);
    }

    @Override
    public void promoted(Transaction transaction) {
        tell(transaction, "pending", null);
    }

    @Override
    public void returned(Transaction transaction, boolean pending) {
        tell(transaction, "returned", null);
    }

    @Override
    public void evicted(Transaction transaction, RejectionReason reason) {
        counters.evicted(reason);
        tell(transaction, reason == RejectionReason.EXPIRED ? "expired" : "evicted", reason);
    }

    @Override
    public void replaced(Transaction transaction, Transaction by) {
        counters.evicted(RejectionReason.REPLACED);
        if (stream.wants(EventType.TRANSACTION)) {
            long now = clock.millis();
            stream.publish(
                    EventType.TRANSACTION,
                    () -> new NodeEvent.TransactionChanged(
                            now,
                            transaction.id().toHex(),
                            address(transaction.sender()),
                            "replaced",
                            RejectionReason.REPLACED.code(),
                            by.id().toHex(),
                            null));
        }
    }

    @Override
    public void peerConnected(PeerLink link) {
        tell(link.info(), "connected", null);
        told.info(() ->
                "Connected to " + describe(link.info()) + " at " + link.info().remoteAddress());
    }

    @Override
    public void peerDisconnected(PeerLink link, Rejection rejection) {
        tell(link.info(), "disconnected", rejection.reason().code());
        told.info(() -> "Disconnected from " + describe(link.info()) + ": " + rejection);
    }

    @Override
    public void addressesLearned(PeerInfo from, List<PeerAddress> addresses) {
        addressBook.accept(from, addresses);
    }

    @Override
    public void baseInstalled(ChainHead base) {
        LOG.infof(
                "Joined at height %d from a snapshot; blocks below it are known by their headers only", base.height());
    }

    @Override
    public void branchRefused(NodeKey peer, Rejection rejection) {
        counters.branchRefused();
        alerts.error(() ->
                "A branch with more work is not followed: " + rejection + ". The network may have split for good.");
    }

    @Override
    public void transactionsRelayed(TransactionEvent event, int count) {
        counters.relay().transactionsRelayed(event, count);
    }

    @Override
    public void compactBlockEnded(CompactOutcome outcome) {
        counters.relay().compactBlockEnded(outcome);
    }

    @Override
    public void blockPropagated(long millis) {
        counters.relay().blockPropagated(millis);
    }

    private void tellReorganisation(ChainChange change) {
        told.info(() -> "Reorganisation: " + change.disconnected().size() + " blocks left, "
                + change.connected().size() + " joined above height "
                + change.fork().height());
        long now = clock.millis();
        stream.publish(
                EventType.REORGANISATION,
                () -> new NodeEvent.Reorganisation(
                        now,
                        change.fork().height(),
                        change.fork().hash().toHex(),
                        hashes(change.disconnected()),
                        hashes(change.connected()),
                        returned(change)));
    }

    private static int returned(ChainChange change) {
        Set<TransactionId> stillMined = change.connected().stream()
                .flatMap(block -> block.transactions().stream())
                .map(Transaction::id)
                .collect(Collectors.toSet());
        return Math.toIntExact(change.disconnected().stream()
                .flatMap(block -> block.transactions().stream())
                .filter(transaction -> !stillMined.contains(transaction.id()))
                .count());
    }

    private void tellBlock(Block block, Optional<NodeKey> from) {
        long now = clock.millis();
        stream.publish(
                EventType.BLOCK,
                () -> new NodeEvent.BlockConnected(
                        now,
                        block.height(),
                        block.hash().toHex(),
                        block.header().parent().toHex(),
                        block.header().timestampMillis(),
                        chain.find(block.hash())
                                .map(entry -> entry.work())
                                .orElse(Work.ZERO)
                                .toString(),
                        address(block.header().miner()),
                        block.transactions().size(),
                        from.map(NodeKey::toString).orElse(null)));
        stream.publishAll(
                EventType.TRANSACTION,
                () -> block.transactions().stream()
                        .map(transaction -> new NodeEvent.TransactionChanged(
                                now,
                                transaction.id().toHex(),
                                address(transaction.sender()),
                                "mined",
                                null,
                                null,
                                block.hash().toHex()))
                        .toList());
    }

    private void tell(Transaction transaction, String state, @Nullable RejectionReason reason) {
        if (stream.wants(EventType.TRANSACTION)) {
            long now = clock.millis();
            stream.publish(
                    EventType.TRANSACTION,
                    () -> new NodeEvent.TransactionChanged(
                            now,
                            transaction.id().toHex(),
                            address(transaction.sender()),
                            state,
                            reason == null ? null : reason.code(),
                            null,
                            null));
        }
    }

    private void tell(PeerInfo peer, String state, @Nullable String code) {
        long now = clock.millis();
        stream.publish(
                EventType.PEER,
                () -> new NodeEvent.PeerChanged(
                        now, peer.key().toString(), peer.remoteAddress().toString(), state, code));
    }

    private String address(PublicKey key) {
        return new Address(chain.genesis().addressPrefix(), key).toString();
    }

    private static String describe(PeerInfo peer) {
        return peer.name() + " (" + peer.key().toString().substring(0, 12) + ")";
    }

    private static List<String> hashes(List<Block> blocks) {
        return blocks.stream().map(block -> block.hash().toHex()).toList();
    }
}
