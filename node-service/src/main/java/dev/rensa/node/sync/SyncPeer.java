package dev.rensa.node.sync;

import dev.rensa.node.chain.BlockEntry;
import dev.rensa.node.chain.HeaderBranch;
import dev.rensa.node.peer.Message;
import dev.rensa.node.peer.OpenQuestion;
import dev.rensa.node.peer.PeerInfo;
import dev.rensa.node.peer.PeerLink;
import dev.rensa.node.peer.Timers;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.work.Work;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What catching up knows of one peer. Every question is answered, late if need be and in the order of asking: a
 * question that timed out stays open, so that its late answer is understood, and a peer that never answers is asked no
 * more. Writer thread only.
 */
final class SyncPeer {

    /** Bytes of bodies that a peer is asked for at first, and at least. */
    static final long FIRST_BATCH_BYTES = 256 << 10;

    static final long MIN_BATCH_BYTES = 16 << 10;

    /** Most bytes of one request: two of them keep any link busy, and others can take over what a peer leaves. */
    static final long MAX_BATCH_BYTES = 2 << 20;

    /** Answered faster than this, the next request to the peer is twice as large; slower than four times this, half. */
    static final long BRISK_MILLIS = 250;

    /** Most requests for bodies that are open at a peer: one on its way while the other is answered. */
    static final int MAX_BODY_REQUESTS = 2;

    /** Bodies that a peer was found to lack; the oldest are forgotten. */
    static final int MAX_LACKING = 1_024;

    private final PeerLink link;
    private final long connectedMillis;
    private final Deque<BodyRequest> bodyRequests = new ArrayDeque<>();
    private final Map<BlockHash, Long> lackingUntil = new LinkedHashMap<>();

    private BlockHash tip;
    private long height;
    private Work work;
    private boolean doubted;

    /** When it was asked for headers last; when it connected, if never. */
    private long waitingSinceMillis;

    private boolean askedForHeaders;

    /** The open question for headers, if any. */
    @Nullable
    HeaderRequest headerRequest;

    /** What its headers have shown so far, while that is too little for them to be stored. */
    @Nullable
    HeaderProof headerProof;

    /** Whether that question has waited for longer than others should. */
    boolean headersOverdue;

    /** When the peer may be asked for headers again, after it gave reason to wait. */
    long headersNotBeforeMillis;

    /** How many bytes of bodies to ask for at once. It follows the peer's speed. */
    private long batchBytes = FIRST_BATCH_BYTES;

    /** Bytes of bodies a second, of the last answers; 0 before the first. */
    private long bytesPerSecond;

    /**
     * A question for headers.
     *
     * @param continuation the last header of the answer before, if this asks for what follows it
     * @param tip what the peer claimed to have when it was asked, and its work
     */
    record HeaderRequest(
            Optional<BlockEntry> continuation, BlockHash tip, Work work, long sentMillis, Timers.Cancellable timeout) {}

    /**
     * Headers that are downloaded twice: first to see that they lead to enough work, then to store them.
     *
     * @param storing whether this is the second time
     * @param passed milestones of the branch that the second time has passed
     */
    record HeaderProof(HeaderBranch branch, boolean storing, int passed) {}

    /** A question for bodies. */
    static final class BodyRequest extends OpenQuestion {
        final Set<BlockHash> hashes;
        final long expectedBytes;
        boolean released;

        /** Whether this is one of two requests for the same, because all waited for it. */
        boolean overtaken;

        /** Takes the hashes in the order of asking, and what their bodies will probably take. */
        BodyRequest(Message.GetBodies question, long expectedBytes, long sentMillis) {
            super(question, sentMillis);
            this.hashes = new LinkedHashSet<>(question.hashes());
            this.expectedBytes = expectedBytes;
        }
    }

    SyncPeer(PeerLink link, long connectedMillis) {
        PeerInfo info = link.info();
        this.link = link;
        this.connectedMillis = connectedMillis;
        this.waitingSinceMillis = connectedMillis;
        this.tip = info.tip();
        this.height = info.height();
        this.work = info.work();
    }

    PeerLink link() {
        return link;
    }

    /** Whether this node chose it, not it this node. */
    boolean isDialled() {
        return link.info().outbound();
    }

    long connectedMillis() {
        return connectedMillis;
    }

    /** Since when it waits for its turn to be asked for headers. */
    long waitingSinceMillis() {
        return waitingSinceMillis;
    }

    void askedForHeaders(long nowMillis) {
        askedForHeaders = true;
        waitingSinceMillis = nowMillis;
    }

    boolean wasAskedForHeaders() {
        return askedForHeaders;
    }

    BlockHash tip() {
        return tip;
    }

    long height() {
        return height;
    }

    /** Cumulative work of its tip. */
    Work work() {
        return work;
    }

    PeerTip status() {
        return new PeerTip(link, height, tip, work);
    }

    /** It told of a tip that is not known here. */
    void claims(BlockHash newTip, long newHeight, Work newWork) {
        moveTo(newTip, newHeight, newWork);
    }

    /** Its tip is in our header tree. */
    void proves(BlockEntry entry) {
        moveTo(entry.hash(), entry.header().height(), entry.work());
    }

    private void moveTo(BlockHash newTip, long newHeight, Work newWork) {
        if (!tip.equals(newTip)) {
            lackingUntil.clear();
        }
        tip = newTip;
        height = newHeight;
        work = newWork;
    }

    /** Its claims do not count until it proves one: it did not answer, or what it answered did not bear them out. */
    void doubt() {
        doubted = true;
    }

    void trust() {
        doubted = false;
    }

    boolean isDoubted() {
        return doubted;
    }

    Deque<BodyRequest> bodyRequests() {
        return bodyRequests;
    }

    /** Whether it can be asked for bodies now. */
    boolean isFree() {
        return bodyRequests.size() < MAX_BODY_REQUESTS;
    }

    /** Whether it has not answered for so long that it is not waited for. */
    boolean isStalled() {
        BodyRequest oldest = bodyRequests.peekFirst();
        return oldest != null && oldest.isExpired();
    }

    long batchBytes() {
        return batchBytes;
    }

    /** Measured speed in bytes a second; 0 before the first answer. */
    long bytesPerSecond() {
        return bytesPerSecond;
    }

    /** It did not answer in time. */
    void slowDown() {
        batchBytes = Math.max(MIN_BATCH_BYTES, batchBytes / 2);
        bytesPerSecond /= 2;
    }

    /** It answered with so many bytes of bodies after so long a time. */
    void noteSpeed(BodyRequest request, long bytes, long elapsedMillis) {
        long speed = bytes * 1_000 / Math.max(1, elapsedMillis);
        bytesPerSecond = bytesPerSecond == 0 ? speed : (3 * bytesPerSecond + speed) / 4;
        if (elapsedMillis > 4 * BRISK_MILLIS) {
            batchBytes = Math.max(MIN_BATCH_BYTES, batchBytes / 2);
        } else if (elapsedMillis < BRISK_MILLIS && request.expectedBytes >= batchBytes / 2) {
            batchBytes = Math.min(MAX_BATCH_BYTES, batchBytes * 2);
        }
    }

    /** As far as we know, it has this body. */
    boolean mayHave(BlockEntry entry, long nowMillis) {
        Long until = lackingUntil.get(entry.hash());
        return entry.work().compareTo(work) <= 0 && (until == null || nowMillis >= until);
    }

    void lacks(BlockHash hash, long untilMillis) {
        lackingUntil.put(hash, untilMillis);
        if (lackingUntil.size() > MAX_LACKING) {
            lackingUntil.remove(lackingUntil.keySet().iterator().next());
        }
    }

    /** When it was asked what it has not answered yet; {@link Long#MAX_VALUE} if it owes nothing. */
    long oldestQuestionMillis() {
        BodyRequest oldest = bodyRequests.peekFirst();
        long bodies = oldest == null ? Long.MAX_VALUE : oldest.sentMillis();
        return headerRequest == null ? bodies : Math.min(bodies, headerRequest.sentMillis());
    }

    boolean ask(Message question) {
        return link.send(question);
    }
}
