package dev.rensa.node.sync;

import dev.rensa.node.chain.BlockEntry;
import dev.rensa.node.chain.BlockOutcome;
import dev.rensa.node.chain.BlockState;
import dev.rensa.node.chain.Chain;
import dev.rensa.node.peer.Message;
import dev.rensa.node.peer.MessageLimits;
import dev.rensa.node.peer.NodeKey;
import dev.rensa.node.peer.Timers;
import dev.rensa.node.sync.SyncPeer.BodyRequest;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.verdict.Fault;
import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.verdict.RejectionReason;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Fetches missing bodies from all peers at once, each body from one peer at a time, lowest first. A peer's share follows
 * its speed; one that is slow, stalls or lies costs time only, since what it owes is asked of others. Writer thread only.
 */
final class BodySync {

    /** How long a peer may take for a request, beside {@link #TIMEOUT_PER_BODY_MILLIS}, before others are asked. */
    static final long TIMEOUT_MILLIS = 2_000;

    /** Additional time for each body asked for: 16 MiB a second at the default largest block. */
    static final long TIMEOUT_PER_BODY_MILLIS = 250;

    /** Answered faster than this, the next request to the peer is twice as large; slower than four times this, half. */
    static final long BRISK_MILLIS = 500;

    /** Most bodies whose signatures are being checked; meanwhile no more are asked for. */
    static final int MAX_JUDGING = 128;

    /** Pause before a peer is asked again for a body that it did not have or that was wrong. */
    static final long LACKING_MILLIS = 30_000;

    private final Chain chain;
    private final InstantSource clock;
    private final Timers timers;
    private final BlockIntake intake;
    private final SyncListener listener;
    private final MissingBodies missing;
    private final Map<NodeKey, SyncPeer> peers;

    /** Bodies that were asked for, with the request that we wait for. */
    private final Map<BlockHash, BodyRequest> flying = new HashMap<>();

    private final Set<BlockHash> judging = new HashSet<>();

    BodySync(
            Chain chain,
            InstantSource clock,
            Timers timers,
            BlockIntake intake,
            SyncListener listener,
            Map<NodeKey, SyncPeer> peers) {
        this.chain = chain;
        this.clock = clock;
        this.timers = timers;
        this.intake = intake;
        this.listener = listener;
        this.missing = new MissingBodies(chain);
        this.peers = peers;
    }

    void disconnected(SyncPeer peer) {
        for (BodyRequest request : peer.bodyRequests()) {
            request.cancelTimeout();
            release(request);
        }
        peer.bodyRequests().clear();
    }

    /** Gives every free peer something to do. */
    void ask() {
        if (judging.size() >= MAX_JUDGING) {
            return;
        }
        List<SyncPeer> free = new ArrayList<>(peers.values().stream()
                .filter(peer -> peer.isFree() && !peer.isStalled())
                .toList());
        if (free.isEmpty()) {
            return;
        }
        // The fastest first: they take the lowest bodies, which all others wait for.
        free.sort(Comparator.comparingInt((SyncPeer peer) -> peer.batch).reversed());
        List<BlockEntry> unasked = new ArrayList<>(missing.find(peers.values(), this::isObtainable).stream()
                .filter(entry -> !flying.containsKey(entry.hash()) && !judging.contains(entry.hash()))
                .toList());
        for (SyncPeer peer : free) {
            while (peer.isFree() && askPeer(peer, unasked)) {
                // A second request keeps the peer busy while the first answer is on its way.
            }
        }
    }

    /** A peer answers, possibly late and possibly in part. */
    void received(SyncPeer peer, List<Message.Body> bodies) {
        BodyRequest request = peer.bodyRequests().pollFirst();
        if (request == null) {
            peer.link()
                    .penalise(10, new Rejection(RejectionReason.UNEXPECTED_MESSAGE, "bodies that were not asked for"));
            return;
        }
        request.cancelTimeout();
        release(request);
        noteAnswer(peer, request, bodies);
        List<Block> offered = new ArrayList<>();
        for (Message.Body body : bodies) {
            if (request.hashes.contains(body.block())) {
                rebuild(peer, body).ifPresent(offered::add);
            }
        }
        offered.forEach(block -> judging.add(block.hash()));
        for (Block block : offered) {
            intake.offer(block, peer.link().key(), outcome -> judged(peer, block, outcome));
        }
        ask();
    }

    /** Whether any peer is believed to have the body, even one that is busy now. */
    private boolean isObtainable(BlockEntry entry) {
        return flying.containsKey(entry.hash())
                || judging.contains(entry.hash())
                || peers.values().stream().anyMatch(peer -> !peer.isStalled() && peer.mayHave(entry, clock.millis()));
    }

    private boolean askPeer(SyncPeer peer, List<BlockEntry> unasked) {
        List<BlockEntry> chosen = unasked.stream()
                .filter(entry -> peer.mayHave(entry, clock.millis()))
                .limit(peer.batch)
                .toList();
        List<BlockHash> hashes = chosen.stream().map(BlockEntry::hash).toList();
        if (chosen.isEmpty() || !peer.ask(new Message.GetBodies(hashes))) {
            return false;
        }
        unasked.removeAll(chosen);
        BodyRequest request = new BodyRequest(hashes, clock.millis());
        long patience = TIMEOUT_MILLIS + hashes.size() * TIMEOUT_PER_BODY_MILLIS;
        request.timeout = timers.after(patience, () -> timedOut(peer, request));
        peer.bodyRequests().add(request);
        hashes.forEach(hash -> flying.put(hash, request));
        return true;
    }

    private void timedOut(SyncPeer peer, BodyRequest request) {
        request.expired = true;
        release(request);
        peer.batch = Math.max(1, peer.batch / 2);
        peer.doubt();
        ask();
    }

    private void release(BodyRequest request) {
        request.hashes.forEach(hash -> flying.remove(hash, request));
    }

    private void noteAnswer(SyncPeer peer, BodyRequest request, List<Message.Body> bodies) {
        BlockHash first = request.hashes.getFirst();
        if (bodies.stream().noneMatch(body -> body.block().equals(first))) {
            // Only what does not fit may be left out, and the first always fits: the peer does not have it.
            peer.lacks(first, clock.millis() + LACKING_MILLIS);
            if (first.equals(peer.tip())) {
                peer.doubt();
            }
            return;
        }
        long elapsedMillis = clock.millis() - request.sentMillis;
        if (bodies.size() < request.hashes.size()) {
            peer.batch = Math.max(1, bodies.size());
        } else if (elapsedMillis > 4 * BRISK_MILLIS) {
            peer.batch = Math.max(1, peer.batch / 2);
        } else if (elapsedMillis < BRISK_MILLIS && bodies.size() >= peer.batch) {
            peer.batch = Math.min(MessageLimits.MAX_BODIES, peer.batch * 2);
        }
    }

    private Optional<Block> rebuild(SyncPeer peer, Message.Body body) {
        Optional<BlockEntry> entry = chain.find(body.block())
                .filter(known -> known.state() == BlockState.HEADER_ONLY && !judging.contains(known.hash()));
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        // docs/protocol.md, block bodies: the root binds the body to the header, so a wrong body says nothing of the
        // block.
        if (!Block.transactionsRoot(body.transactions())
                .equals(entry.get().header().transactionsRoot())) {
            peer.lacks(body.block(), clock.millis() + LACKING_MILLIS);
            peer.doubt();
            peer.link()
                    .penalise(
                            100,
                            new Rejection(
                                    RejectionReason.WRONG_TRANSACTIONS_ROOT,
                                    "the body sent for block " + body.block() + " does not match its header"));
            return Optional.empty();
        }
        return Optional.of(new Block(entry.get().header(), body.transactions()));
    }

    private void judged(SyncPeer peer, Block block, BlockOutcome outcome) {
        judging.remove(block.hash());
        switch (outcome) {
            case BlockOutcome.Connected _, BlockOutcome.Stored _ -> peer.trust();
            case BlockOutcome.Known _ -> {}
            case BlockOutcome.Rejected(Rejection rejection, var changes) -> refused(peer, block, rejection);
        }
        // Arrivals ask for more; here it is enough to go on where too much was being judged, or nothing is left.
        if (judging.isEmpty() || judging.size() == MAX_JUDGING - 1) {
            ask();
        }
    }

    private void refused(SyncPeer peer, Block block, Rejection rejection) {
        // What was refused may be another block of the branch, fetched from somebody else before.
        boolean invalid = chain.find(block.hash())
                .map(entry -> entry.state() == BlockState.INVALID)
                .orElse(false);
        if (rejection.reason().fault() == Fault.SENDER && invalid) {
            peer.doubt();
            peer.link().penalise(100, rejection);
        } else if (rejection.reason().fault() == Fault.OURS) {
            listener.branchRefused(peer.link().key(), rejection);
        }
    }
}
