package dev.rensa.node.sync;

import dev.rensa.node.chain.BlockEntry;
import dev.rensa.node.chain.BlockState;
import dev.rensa.node.chain.Chain;
import dev.rensa.node.chain.HeaderBranch;
import dev.rensa.node.chain.HeaderOutcome;
import dev.rensa.node.peer.Message;
import dev.rensa.node.peer.MessageLimits;
import dev.rensa.node.peer.Timers;
import dev.rensa.node.sync.SyncPeer.HeaderProof;
import dev.rensa.node.sync.SyncPeer.HeaderRequest;
import dev.rensa.protocol.block.BlockHeader;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.verdict.RejectionReason;
import dev.rensa.protocol.work.Work;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Learns the header chains of peers whose tips are unknown here, in turn. A header costs its maker work and us
 * 160 bytes, so headers come before any body is asked for. Writer thread only.
 */
final class HeaderSync {

    /** How long a peer may take to answer before another one is asked. */
    static final long TIMEOUT_MILLIS = 5_000;

    /**
     * Most peers that are asked at once, each for another tip: one that does not answer must not hold up the others. One
     * place is kept for a peer that this node dialled, for all others may be one and the same.
     */
    static final int MAX_REQUESTS = 3;

    /** A claim costs nothing, so it brings nobody's turn forward: who has waited longest is next. */
    private static final Comparator<SyncPeer> NEXT = Comparator.comparingLong(SyncPeer::waitingSinceMillis)
            .thenComparing(SyncPeer::work, Comparator.reverseOrder());

    /** Pause before a peer whose headers were refused is asked again. */
    static final long REFUSED_PAUSE_MILLIS = 10_000;

    /** Longest pause for headers whose time has not come. */
    static final long TOO_EARLY_PAUSE_MILLIS = 5_000;

    /** Pause before a branch that is refused for its depth is looked at again. */
    static final long TOO_DEEP_PAUSE_MILLIS = 10 * 60_000;

    private final Chain chain;
    private final InstantSource clock;
    private final Timers timers;
    private final SyncListener listener;

    HeaderSync(Chain chain, InstantSource clock, Timers timers, SyncListener listener) {
        this.chain = chain;
        this.clock = clock;
        this.timers = timers;
        this.listener = listener;
    }

    /** Takes note of an announced tip, and of its header if that fits to what is here. */
    void announced(SyncPeer peer, BlockHeader header, Work work) {
        peer.claims(header.hash(), header.height(), work);
        if (!proveTip(peer) && chain.find(header.parent()).isPresent()) {
            accepted(peer, chain.acceptHeaders(List.of(header), clock.millis()), List.of(header));
        }
    }

    void disconnected(SyncPeer peer) {
        HeaderRequest request = peer.headerRequest;
        if (request != null) {
            request.timeout().cancel();
            peer.headerRequest = null;
        }
    }

    /** Asks the peers whose tips are unknown. */
    void ask(Collection<SyncPeer> peers) {
        List<SyncPeer> needed = peers.stream()
                .filter(peer -> needsHeaders(peer, peers))
                .sorted(NEXT)
                .toList();
        for (SyncPeer peer : needed) {
            if (hasPlace(peer, peers) && needsHeaders(peer, peers)) {
                askAnew(peer, peers);
            }
        }
    }

    private static boolean hasPlace(SyncPeer peer, Collection<SyncPeer> peers) {
        List<SyncPeer> asked = peers.stream().filter(HeaderSync::isBeingAsked).toList();
        long ofOthers = asked.stream().filter(other -> !other.isDialled()).count();
        return asked.size() < MAX_REQUESTS && (peer.isDialled() || ofOthers < MAX_REQUESTS - 1);
    }

    /** Whether all who came by then and claim more than we know have had the time that there is for an answer. */
    boolean hadTheirTurn(Collection<SyncPeer> peers, long byMillis) {
        return peers.stream()
                .filter(peer -> peer.connectedMillis() <= byMillis && !peer.isDoubted())
                .filter(peer -> peer.work().compareTo(chain.bestHeader().work()) > 0)
                .allMatch(peer -> peer.wasAskedForHeaders() && !isBeingAsked(peer));
    }

    /** A peer answers. */
    void received(SyncPeer peer, List<BlockHeader> headers, Collection<SyncPeer> peers) {
        HeaderRequest request = peer.headerRequest;
        if (request == null) {
            peer.link()
                    .penalise(10, new Rejection(RejectionReason.UNEXPECTED_MESSAGE, "headers that were not asked for"));
            return;
        }
        request.timeout().cancel();
        peer.headerRequest = null;
        HeaderProof proof = peer.headerProof;
        peer.headerProof = null;
        if (proof != null && !proof.storing()) {
            prove(peer, proof, request, headers, peers);
        } else if (proof == null || passes(peer, proof, headers)) {
            take(peer, proof, request, headers, peers);
        }
    }

    /** Headers that are stored if they are worth it. */
    private void take(
            SyncPeer peer,
            @Nullable HeaderProof proof,
            HeaderRequest request,
            List<BlockHeader> headers,
            Collection<SyncPeer> peers) {
        Optional<BlockEntry> last;
        if (headers.isEmpty()) {
            last = request.continuation().or(() -> chain.find(chain.bestHeader().hash()));
        } else {
            HeaderOutcome outcome = proof == null
                    ? chain.acceptHeaders(headers, clock.millis())
                    : chain.acceptProven(headers, clock.millis());
            if (outcome instanceof HeaderOutcome.Unproven(HeaderBranch branch)) {
                goOnProving(peer, branch, request, headers, peers);
                return;
            }
            last = accepted(peer, outcome, headers);
        }
        if (last.isEmpty() || proveTip(peer)) {
            return;
        }
        if (proof != null && proof.passed() + 1 < proof.branch().milestones().size()) {
            peer.headerProof = new HeaderProof(proof.branch(), true, proof.passed() + 1);
            ask(peer, last, Optional.of(last.get().hash()), peers);
            return;
        }
        boolean complete = headers.size() < MessageLimits.MAX_HEADERS;
        if (complete || !isBeyond(last.get(), request.continuation())) {
            settle(peer, request, last.get());
        } else {
            ask(peer, last, Optional.of(last.get().hash()), peers);
        }
    }

    /** Headers on top of a branch that shows too little work so far. */
    private void prove(
            SyncPeer peer,
            HeaderProof proof,
            HeaderRequest request,
            List<BlockHeader> headers,
            Collection<SyncPeer> peers) {
        if (proveTip(peer)) {
            return;
        }
        if (!proof.branch().isFollowedBy(headers)) {
            // It sends something else than before: its chain changed meanwhile, and it is asked anew.
            pause(peer, REFUSED_PAUSE_MILLIS);
            return;
        }
        HeaderOutcome outcome = headers.isEmpty()
                ? new HeaderOutcome.Unproven(proof.branch())
                : chain.extend(proof.branch(), headers, clock.millis());
        switch (outcome) {
            case HeaderOutcome.Unproven(HeaderBranch branch) -> goOnProving(peer, branch, request, headers, peers);
            case HeaderOutcome.Proven(HeaderBranch branch) -> {
                peer.headerProof = new HeaderProof(branch, true, 0);
                ask(peer, Optional.empty(), Optional.of(branch.fork()), peers);
            }
            // They came from somebody else meanwhile: it is asked anew.
            case HeaderOutcome.Accepted _ -> pause(peer, REFUSED_PAUSE_MILLIS);
            case HeaderOutcome.Rejected(int index, Rejection why) -> refused(peer, headers.get(index), why);
        }
    }

    private void goOnProving(
            SyncPeer peer,
            HeaderBranch branch,
            HeaderRequest request,
            List<BlockHeader> headers,
            Collection<SyncPeer> peers) {
        if (headers.size() == MessageLimits.MAX_HEADERS && !branch.isEndless()) {
            peer.headerProof = new HeaderProof(branch, false, 0);
            ask(peer, Optional.empty(), Optional.of(branch.tip()), peers);
        } else if (branch.work().compareTo(request.work()) < 0) {
            blameForClaim(peer);
        } else {
            // Our head has come so far meanwhile that its branch is not worth storing.
            pause(peer, REFUSED_PAUSE_MILLIS);
        }
    }

    /** Whether headers that are sent a second time are those that were proven. */
    private boolean passes(SyncPeer peer, HeaderProof proof, List<BlockHeader> headers) {
        boolean same = !headers.isEmpty()
                && headers.getLast().hash().equals(proof.branch().milestones().get(proof.passed()));
        if (!same) {
            pause(peer, REFUSED_PAUSE_MILLIS);
        }
        return same;
    }

    private void pause(SyncPeer peer, long millis) {
        peer.doubt();
        peer.headersNotBeforeMillis = clock.millis() + millis;
    }

    /** Takes the peer by its word if its tip is known here; false if it is not. */
    boolean proveTip(SyncPeer peer) {
        Optional<BlockEntry> entry = chain.find(peer.tip());
        entry.ifPresent(known -> {
            peer.proves(known);
            if (known.state() == BlockState.INVALID) {
                refused(peer, known.header(), new Rejection(RejectionReason.INVALID_ANCESTOR, "its tip breaks a rule"));
            } else if (clock.millis() >= peer.headersNotBeforeMillis) {
                peer.trust();
            }
        });
        return entry.isPresent();
    }

    private boolean needsHeaders(SyncPeer peer, Collection<SyncPeer> peers) {
        return peer.headerRequest == null
                && clock.millis() >= peer.headersNotBeforeMillis
                && peer.work().compareTo(chain.head().work()) >= 0
                && chain.find(peer.tip()).isEmpty()
                && peers.stream().noneMatch(other -> isAskedFor(other, peer.tip()));
    }

    private static boolean isBeingAsked(SyncPeer peer) {
        return peer.headerRequest != null && !peer.headersOverdue;
    }

    private static boolean isAskedFor(SyncPeer peer, BlockHash tip) {
        HeaderRequest request = peer.headerRequest;
        return request != null && !peer.headersOverdue && request.tip().equals(tip);
    }

    private void askAnew(SyncPeer peer, Collection<SyncPeer> peers) {
        peer.headerProof = null;
        ask(peer, Optional.empty(), Optional.empty(), peers);
    }

    private void ask(
            SyncPeer peer, Optional<BlockEntry> continuation, Optional<BlockHash> from, Collection<SyncPeer> peers) {
        List<BlockHash> locator = new ArrayList<>(chain.locator());
        from.ifPresent(hash -> {
            // A branch that is not the best yet is not in our locator: without this we would get the same again.
            locator.addFirst(hash);
            if (locator.size() > MessageLimits.MAX_LOCATOR) {
                locator.remove(locator.size() - 2);
            }
        });
        if (!peer.ask(new Message.GetHeaders(List.copyOf(locator)))) {
            return;
        }
        peer.askedForHeaders(clock.millis());
        peer.headersOverdue = false;
        peer.headerRequest = new HeaderRequest(
                continuation,
                peer.tip(),
                peer.work(),
                clock.millis(),
                timers.after(TIMEOUT_MILLIS, () -> timedOut(peer, peers)));
    }

    private void timedOut(SyncPeer peer, Collection<SyncPeer> peers) {
        peer.headersOverdue = true;
        peer.doubt();
        ask(peers);
    }

    /** Whether a full answer led on, so that asking again ends some day. */
    private static boolean isBeyond(BlockEntry last, Optional<BlockEntry> continuation) {
        return continuation
                .map(from -> last.header().height() > from.header().height())
                .orElse(true);
    }

    /** The answers ended without the tip that was claimed: the peer has moved to one that is here, or it lied. */
    private void settle(SyncPeer peer, HeaderRequest request, BlockEntry last) {
        BlockEntry best = chain.find(chain.bestHeader().hash()).orElseThrow();
        BlockEntry proven = last.work().compareTo(best.work()) > 0 ? last : best;
        if (proven.work().compareTo(request.work()) < 0) {
            blameForClaim(peer);
        } else if (peer.tip().equals(request.tip())) {
            // It may have told of another tip since: an answer is put together beside what is announced.
            peer.proves(last);
        }
    }

    private void blameForClaim(SyncPeer peer) {
        pause(peer, REFUSED_PAUSE_MILLIS);
        peer.link()
                .penalise(
                        50,
                        new Rejection(
                                RejectionReason.UNEXPECTED_MESSAGE,
                                "headers that end below the work that was claimed for the tip"));
    }

    private Optional<BlockEntry> accepted(SyncPeer peer, HeaderOutcome outcome, List<BlockHeader> headers) {
        return switch (outcome) {
            case HeaderOutcome.Accepted(int added, BlockEntry last) -> {
                proveTip(peer);
                yield Optional.of(last);
            }
            // Announced on a weak branch: if it leads to more work, its headers will show it.
            case HeaderOutcome.Unproven _, HeaderOutcome.Proven _ -> Optional.empty();
            case HeaderOutcome.Rejected(int index, Rejection rejection) -> {
                refused(peer, headers.get(index), rejection);
                yield Optional.empty();
            }
        };
    }

    private void refused(SyncPeer peer, BlockHeader header, Rejection rejection) {
        peer.doubt();
        long pause = REFUSED_PAUSE_MILLIS;
        switch (rejection.reason().fault()) {
            case SENDER -> peer.link().penalise(100, rejection);
            case TOO_EARLY -> {
                if (rejection.reason() == RejectionReason.UNKNOWN_PARENT) {
                    peer.link().penalise(20, rejection);
                } else {
                    long ahead = header.timestampMillis() - clock.millis();
                    pause = Math.clamp(ahead, 1_000, TOO_EARLY_PAUSE_MILLIS);
                }
            }
            case OURS -> {
                pause = TOO_DEEP_PAUSE_MILLIS;
                if (clock.millis() >= peer.headersNotBeforeMillis) {
                    listener.branchRefused(peer.link().key(), rejection);
                }
            }
        }
        peer.headersNotBeforeMillis = clock.millis() + pause;
    }
}
