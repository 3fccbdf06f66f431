package dev.rensa.node.sync;

import dev.rensa.node.chain.BlockEntry;
import dev.rensa.node.chain.BlockOutcome;
import dev.rensa.node.chain.BlockState;
import dev.rensa.node.chain.Chain;
import dev.rensa.node.chain.UncheckedBlock;
import dev.rensa.node.peer.EncodedBody;
import dev.rensa.node.peer.Message;
import dev.rensa.node.peer.MessageLimits;
import dev.rensa.node.peer.Timers;
import dev.rensa.node.sync.SyncPeer.BodyRequest;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.verdict.Fault;
import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.verdict.RejectionReason;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Fetches missing bodies from all peers at once, lowest first. A peer's share follows its speed; one that is slow, stalls or
 * lies costs time only, since what it owes is asked of others. Writer thread only.
 */
final class BodySync {

    /** How long a peer may take for a request, beside the time for its bytes, before others are asked. */
    static final long TIMEOUT_MILLIS = 2_000;

    /** Bytes a millisecond that a peer should bring at least: some 8 Mbit/s. */
    static final long PATIENT_BYTES_PER_MILLI = 1_000;

    /** Before this, nobody else is asked for what all wait for; later, as soon as a peer has nothing else to do. */
    static final long OVERTAKE_MILLIS = 500;

    /** Bytes of bodies that are being checked; meanwhile no more are asked for. Some seconds of work for two cores. */
    static final long MAX_CHECKING_BYTES = 16L << 20;

    /** Bytes of bodies that were probably asked for and are not here yet. */
    static final long MAX_FLYING_BYTES = 32L << 20;

    /** Small bodies are checked together up to this many bytes, which is some ten milliseconds of work. */
    static final int GROUP_BYTES = 64 << 10;

    /** Pause before a peer is asked again for a body that it did not have or that was wrong. */
    static final long LACKING_MILLIS = 30_000;

    /** What an empty body takes on the wire. */
    private static final long MIN_USUAL_BYTES = 256;

    private final Chain chain;
    private final InstantSource clock;
    private final Timers timers;
    private final BlockIntake intake;
    private final Predicate<BlockHash> comingOtherwise;
    private final SyncListener listener;
    private final FetchWindow window;
    private final Collection<SyncPeer> peers;

    /** Bodies that were asked for, with the request that we wait for. */
    private final Map<BlockHash, BodyRequest> flying = new HashMap<>();

    /** Bodies that are being checked, with their sizes. */
    private final Map<BlockHash, Integer> checking = new HashMap<>();

    private long flyingBytes;
    private long checkingBytes;

    /** Size of a body as the last ones were. */
    private long usualBytes = MIN_USUAL_BYTES;

    private boolean lookingAgain;

    BodySync(
            Chain chain,
            InstantSource clock,
            Timers timers,
            BlockIntake intake,
            Predicate<BlockHash> comingOtherwise,
            SyncListener listener,
            Collection<SyncPeer> peers) {
        this.chain = chain;
        this.clock = clock;
        this.timers = timers;
        this.intake = intake;
        this.comingOtherwise = comingOtherwise;
        this.listener = listener;
        this.window = new FetchWindow(chain, clock);
        this.peers = peers;
    }

    /** Bytes of bodies that were received and are not judged yet. */
    long checkingBytes() {
        return checkingBytes;
    }

    void disconnected(SyncPeer peer) {
        List<BodyRequest> open = List.copyOf(peer.bodyRequests());
        peer.bodyRequests().clear();
        open.forEach(this::release);
    }

    /** Gives every free peer something to do. */
    void ask() {
        if (checkingBytes >= MAX_CHECKING_BYTES || flyingBytes >= MAX_FLYING_BYTES) {
            return;
        }
        List<SyncPeer> free = new ArrayList<>(peers.stream()
                .filter(peer -> peer.isFree() && !peer.isStalled())
                .toList());
        if (free.isEmpty()) {
            return;
        }
        // The fastest first: they take the lowest bodies, which all others wait for.
        free.sort(Comparator.comparingLong(SyncPeer::bytesPerSecond).reversed());
        window.refresh(peers, this::isObtainable, hash -> flying.containsKey(hash) || checking.containsKey(hash));
        for (SyncPeer peer : free) {
            while (peer.isFree() && flyingBytes < MAX_FLYING_BYTES && askPeer(peer)) {
                // A second request keeps the peer busy while the first answer is on its way.
            }
        }
        overtake(free);
    }

    /** A peer answers, possibly late and possibly in part. */
    void received(SyncPeer peer, List<EncodedBody> bodies) {
        BodyRequest request = peer.bodyRequests().pollFirst();
        if (request == null) {
            peer.link()
                    .penalise(10, new Rejection(RejectionReason.UNEXPECTED_MESSAGE, "bodies that were not asked for"));
            return;
        }
        List<EncodedBody> answered = bodies;
        if (!isAnswer(bodies, request)) {
            answered = List.of();
            peer.link()
                    .penalise(
                            100,
                            new Rejection(
                                    RejectionReason.UNEXPECTED_MESSAGE,
                                    "bodies beside those that were asked for, or not in the order of asking"));
        }
        noteAnswer(peer, request, answered);
        List<UncheckedBlock> wanted = new ArrayList<>();
        answered.forEach(body -> wanted(body).ifPresent(wanted::add));
        release(request);
        check(peer, wanted);
        ask();
    }

    /** Whether any peer is believed to have the body, even one that is busy now. */
    private boolean isObtainable(BlockEntry entry) {
        return flying.containsKey(entry.hash())
                || checking.containsKey(entry.hash())
                || comingOtherwise.test(entry.hash())
                || peers.stream().anyMatch(peer -> !peer.isStalled() && peer.mayHave(entry, clock.millis()));
    }

    private boolean askPeer(SyncPeer peer) {
        long most = Math.clamp(peer.batchBytes() / usualBytes, 1, MessageLimits.MAX_BODIES);
        List<BlockHash> hashes = new ArrayList<>();
        Iterator<BlockEntry> unasked = window.unasked().iterator();
        while (unasked.hasNext() && hashes.size() < most) {
            BlockEntry entry = unasked.next();
            if (peer.mayHave(entry, clock.millis()) && !comingOtherwise.test(entry.hash())) {
                hashes.add(entry.hash());
            }
        }
        if (hashes.isEmpty() || !send(peer, hashes, false)) {
            return false;
        }
        window.unasked().removeIf(entry -> flying.containsKey(entry.hash()));
        return true;
    }

    private boolean send(SyncPeer peer, List<BlockHash> hashes, boolean overtaking) {
        Message.GetBodies question = new Message.GetBodies(hashes);
        if (!peer.ask(question)) {
            return false;
        }
        BodyRequest request = new BodyRequest(question, hashes.size() * usualBytes, clock.millis());
        long patience = TIMEOUT_MILLIS + worstBytes(hashes.size()) / PATIENT_BYTES_PER_MILLI;
        request.overtaken = overtaking;
        request.expireAfter(timers, patience, () -> timedOut(peer, request));
        peer.bodyRequests().add(request);
        hashes.forEach(hash -> flying.put(hash, request));
        flyingBytes += request.expectedBytes;
        return true;
    }

    private long worstBytes(int bodies) {
        long largest = chain.genesis().maxBlockBytes();
        return Math.min(bodies * largest, MessageLimits.BODIES_FILL_BYTES + largest);
    }

    /**
     * When a peer has nothing else to do and the lowest missing body is long on its way, it is asked for that too: the
     * slowest of many must not decide how fast all go.
     */
    private void overtake(List<SyncPeer> free) {
        Optional<BlockEntry> lowest = window.lowest();
        BodyRequest slow = lowest.isEmpty() ? null : flying.get(lowest.get().hash());
        if (slow == null || slow.overtaken) {
            return;
        }
        long waited = clock.millis() - slow.sentMillis();
        if (waited < OVERTAKE_MILLIS) {
            lookAgain(OVERTAKE_MILLIS - waited);
            return;
        }
        List<BlockHash> awaited = slow.hashes.stream()
                .filter(hash -> slow.equals(flying.get(hash)))
                .toList();
        for (SyncPeer peer : free) {
            if (peer.isFree()
                    && !peer.bodyRequests().contains(slow)
                    && peer.mayHave(lowest.get(), clock.millis())
                    && send(peer, awaited, true)) {
                slow.overtaken = true;
                return;
            }
        }
    }

    private void lookAgain(long millis) {
        if (!lookingAgain) {
            lookingAgain = true;
            timers.after(millis, () -> {
                lookingAgain = false;
                ask();
            });
        }
    }

    private void timedOut(SyncPeer peer, BodyRequest request) {
        release(request);
        peer.slowDown();
        peer.doubt();
        ask();
    }

    /** The request is waited for no longer; what it did not bring is asked for again. */
    private void release(BodyRequest request) {
        request.cancelTimeout();
        for (BlockHash hash : request.hashes) {
            if (flying.remove(hash, request) && !checking.containsKey(hash)) {
                window.giveBack(hash);
            }
        }
        if (!request.released) {
            request.released = true;
            flyingBytes -= request.expectedBytes;
        }
    }

    private void noteAnswer(SyncPeer peer, BodyRequest request, List<EncodedBody> bodies) {
        BlockHash first = request.hashes.iterator().next();
        if (bodies.stream().noneMatch(body -> body.block().equals(first))) {
            // Only what is behind the first may be left out for its size: the peer does not have it.
            peer.lacks(first, clock.millis() + LACKING_MILLIS);
            if (first.equals(peer.tip())) {
                peer.doubt();
            }
            return;
        }
        long bytes = bodies.stream().mapToLong(MessageLimits::sizeOf).sum();
        usualBytes = Math.max(MIN_USUAL_BYTES, (3 * usualBytes + bytes / bodies.size()) / 4);
        peer.noteSpeed(request, bytes, clock.millis() - request.sentMillis());
    }

    /** P-18 of docs/protocol-peers.md: bodies come in the order of asking, each once, and none beside them. */
    private static boolean isAnswer(List<EncodedBody> bodies, BodyRequest request) {
        Iterator<BlockHash> asked = request.hashes.iterator();
        for (EncodedBody body : bodies) {
            boolean found = false;
            while (!found && asked.hasNext()) {
                found = asked.next().equals(body.block());
            }
            if (!found) {
                return false;
            }
        }
        return true;
    }

    private Optional<UncheckedBlock> wanted(EncodedBody body) {
        return chain.find(body.block())
                .filter(entry -> entry.state() == BlockState.HEADER_ONLY && !checking.containsKey(entry.hash()))
                .map(entry -> {
                    checking.put(entry.hash(), body.size());
                    checkingBytes += body.size();
                    return new UncheckedBlock(entry, body.transactions());
                });
    }

    private void check(SyncPeer peer, List<UncheckedBlock> blocks) {
        int start = 0;
        long bytes = 0;
        for (int end = 1; end <= blocks.size(); end++) {
            bytes += blocks.get(end - 1).size();
            if (bytes >= GROUP_BYTES || end == blocks.size()) {
                intake.offer(
                        List.copyOf(blocks.subList(start, end)),
                        peer.link().key(),
                        (hash, outcome) -> judged(peer, hash, outcome));
                start = end;
                bytes = 0;
            }
        }
    }

    private void judged(SyncPeer peer, BlockHash block, BlockOutcome outcome) {
        Integer size = checking.remove(block);
        boolean wasFull = checkingBytes >= MAX_CHECKING_BYTES;
        checkingBytes -= size == null ? 0 : size;
        switch (outcome) {
            case BlockOutcome.Connected _, BlockOutcome.Stored _ -> peer.trust();
            case BlockOutcome.Known _ -> {}
            case BlockOutcome.Rejected(Rejection rejection, var changes) -> refused(peer, block, rejection);
        }
        // Arrivals ask for more; here it is enough to go on where too much was being checked, or nothing is left.
        if (checking.isEmpty() || (wasFull && checkingBytes < MAX_CHECKING_BYTES)) {
            ask();
        }
    }

    private void refused(SyncPeer peer, BlockHash block, Rejection rejection) {
        Optional<BlockState> state = chain.find(block).map(BlockEntry::state);
        if (rejection.reason().fault() == Fault.OURS) {
            listener.branchRefused(peer.link().key(), rejection);
        } else if (rejection.reason().fault() == Fault.SENDER && state.equals(Optional.of(BlockState.HEADER_ONLY))) {
            // docs/protocol.md, block bodies: the root binds the body to the header, so a wrong body says nothing of
            // the block. Others may have the right one.
            peer.lacks(block, clock.millis() + LACKING_MILLIS);
            window.giveBack(block);
            peer.doubt();
            peer.link().penalise(100, rejection);
        } else if (rejection.reason().fault() == Fault.SENDER && state.equals(Optional.of(BlockState.INVALID))) {
            // What was refused may also be another block of the branch, fetched from somebody else before.
            peer.doubt();
            peer.link().penalise(100, rejection);
        }
    }
}
