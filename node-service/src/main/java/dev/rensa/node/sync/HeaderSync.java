package dev.rensa.node.sync;

import dev.rensa.node.chain.BlockEntry;
import dev.rensa.node.chain.BlockState;
import dev.rensa.node.chain.Chain;
import dev.rensa.node.chain.HeaderOutcome;
import dev.rensa.node.peer.Message;
import dev.rensa.node.peer.MessageLimits;
import dev.rensa.node.peer.Timers;
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

/**
 * Learns the header chains of peers whose tips are unknown here, most work first. A header costs its maker work and us
 * 160 bytes, so headers come before any body is asked for. Writer thread only.
 */
final class HeaderSync {

    /** How long a peer may take to answer before another one is asked. */
    static final long TIMEOUT_MILLIS = 5_000;

    /** Most peers that are asked at once, each for another tip: one that does not answer must not hold up the others. */
    static final int MAX_REQUESTS = 3;

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
            accept(peer, List.of(header));
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
        long open = peers.stream().filter(HeaderSync::isBeingAsked).count();
        List<SyncPeer> needed = new ArrayList<>(
                peers.stream().filter(peer -> needsHeaders(peer, peers)).toList());
        needed.sort(Comparator.comparing(SyncPeer::work).reversed());
        for (SyncPeer peer : needed) {
            if (open >= MAX_REQUESTS) {
                return;
            }
            if (needsHeaders(peer, peers) && ask(peer, Optional.empty(), peers)) {
                open++;
            }
        }
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
        Optional<BlockEntry> last = headers.isEmpty()
                ? request.continuation().or(() -> chain.find(chain.bestHeader().hash()))
                : accept(peer, headers);
        if (last.isEmpty() || proveTip(peer)) {
            return;
        }
        boolean complete = headers.size() < MessageLimits.MAX_HEADERS;
        if (complete || !isBeyond(last.get(), request.continuation())) {
            settle(peer, last.get());
        } else {
            ask(peer, last, peers);
        }
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

    private boolean ask(SyncPeer peer, Optional<BlockEntry> continuation, Collection<SyncPeer> peers) {
        List<BlockHash> locator = new ArrayList<>(chain.locator());
        continuation.ifPresent(from -> {
            // A branch that is not the best yet is not in our locator: without this we would get the same again.
            locator.addFirst(from.hash());
            if (locator.size() > MessageLimits.MAX_LOCATOR) {
                locator.remove(locator.size() - 2);
            }
        });
        if (!peer.ask(new Message.GetHeaders(List.copyOf(locator)))) {
            return false;
        }
        peer.headersOverdue = false;
        peer.headerRequest = new HeaderRequest(
                continuation, peer.tip(), clock.millis(), timers.after(TIMEOUT_MILLIS, () -> timedOut(peer, peers)));
        return true;
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
    private void settle(SyncPeer peer, BlockEntry last) {
        BlockEntry best = chain.find(chain.bestHeader().hash()).orElseThrow();
        BlockEntry proven = last.work().compareTo(best.work()) > 0 ? last : best;
        if (proven.work().compareTo(peer.work()) >= 0) {
            peer.proves(last);
            return;
        }
        peer.doubt();
        peer.headersNotBeforeMillis = clock.millis() + REFUSED_PAUSE_MILLIS;
        peer.link()
                .penalise(
                        50,
                        new Rejection(
                                RejectionReason.UNEXPECTED_MESSAGE,
                                "headers that end below the work that was claimed for the tip"));
    }

    private Optional<BlockEntry> accept(SyncPeer peer, List<BlockHeader> headers) {
        return switch (chain.acceptHeaders(headers, clock.millis())) {
            case HeaderOutcome.Accepted(int added, BlockEntry last) -> {
                proveTip(peer);
                yield Optional.of(last);
            }
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
