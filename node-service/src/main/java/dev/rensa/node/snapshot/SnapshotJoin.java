package dev.rensa.node.snapshot;

import dev.rensa.node.chain.BackgroundWork;
import dev.rensa.node.chain.BlockEntry;
import dev.rensa.node.chain.Chain;
import dev.rensa.node.chain.StateImport;
import dev.rensa.node.peer.Message;
import dev.rensa.node.peer.NodeKey;
import dev.rensa.node.peer.PeerLink;
import dev.rensa.node.peer.Timers;
import dev.rensa.node.snapshot.JoinPeer.Question;
import dev.rensa.node.snapshot.SnapshotProgress.State;
import dev.rensa.protocol.codec.MalformedException;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.Hash;
import dev.rensa.protocol.state.BucketRoots;
import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.verdict.RejectionReason;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Starts a node from the accounts at a checkpoint: headers first, whose work is checked; then the bucket roots, which must
 * lead to the state root of a buried header; then the buckets, from all peers at once, each held against its root before it
 * is stored. A peer that is slow or lies costs time only. Once begun, an import is finished before anything else, also
 * after a kill. Writer thread only, but for {@link #progress} and {@link #isActive}.
 */
public final class SnapshotJoin {

    /** Blocks that must lie on the header which commits to the state: two minutes of the usual spacing. */
    static final long BURIED_BLOCKS = 24;

    /**
     * A node that within this finds no peer, or only peers whose chain is too short, begins at block 0: somebody must be the
     * first, and the first peer met may itself be catching up.
     */
    static final long CHOOSING_MILLIS = 10_000;

    /** If nobody has a suitable state within this, every block is applied instead. */
    static final long PATIENCE_MILLIS = 60_000;

    /** How long a peer may take for an answer before another one is asked. */
    static final long TIMEOUT_MILLIS = 10_000;

    /** A peer that owes an answer for this long is let go. */
    static final long MAX_SILENCE_MILLIS = 60_000;

    /** Pause before a peer is asked again for a state that it does not keep. */
    static final long LACKING_MILLIS = 10_000;

    private final Chain chain;
    private final StateImport imports;
    private final InstantSource clock;
    private final Timers timers;
    private final BackgroundWork work;
    private final BooleanSupplier headersKnown;
    private final Runnable whenOver;
    private final long buried;
    private long beganMillis;
    private final Map<NodeKey, JoinPeer> peers = new LinkedHashMap<>();
    private final ChunkPlan plan = new ChunkPlan();

    /** The block whose state is fetched. */
    private Optional<BlockEntry> target = Optional.empty();

    private volatile SnapshotProgress progress;

    /**
     * Prepares joining.
     *
     * @param wanted whether an empty store is to be filled so; an import that has begun is finished in any case
     * @param headersKnown whether no peer is believed to have a better header than we
     * @param whenOver told once when joining is over, whether there is a new head or not
     */
    public SnapshotJoin(
            Chain chain,
            boolean wanted,
            InstantSource clock,
            Timers timers,
            BackgroundWork work,
            BooleanSupplier headersKnown,
            Runnable whenOver) {
        this.chain = chain;
        this.imports = chain.stateImport();
        this.clock = clock;
        this.timers = timers;
        this.work = work;
        this.headersKnown = headersKnown;
        this.whenOver = whenOver;
        this.buried = Math.min(BURIED_BLOCKS, chain.genesis().checkpointInterval());
        this.beganMillis = clock.millis();
        this.progress = new SnapshotProgress(State.NONE, chain.baseHeight(), 0);
        if (imports.isUnderWay()) {
            target = imports.target().flatMap(chain::find);
            plan.restart(imports.done());
            enter(State.CHUNKS);
        } else if (wanted && chain.head().height() == 0) {
            enter(State.CHOOSING);
        }
        chain.holdBodies(isActive());
    }

    /** Whether the node is joining or about to: no bodies are fetched and nothing is mined. From any thread. */
    public boolean isActive() {
        return progress.state() != State.NONE;
    }

    /** From any thread. */
    public SnapshotProgress progress() {
        return progress;
    }

    public void connected(PeerLink link) {
        peers.put(link.key(), new JoinPeer(link));
        goOn();
    }

    public void disconnected(NodeKey key) {
        JoinPeer peer = peers.remove(key);
        if (peer != null) {
            peer.questions().forEach(this::release);
            goOn();
        }
    }

    /** To be called every few seconds, and when headers have come. */
    public void goOn() {
        switch (progress.state()) {
            case NONE, INSTALLING -> {}
            case CHOOSING -> choose();
            case ROOTS -> askForRoots();
            case CHUNKS -> askForChunks();
        }
    }

    /** To be called every few seconds. */
    public void tick() {
        long latest = clock.millis() - MAX_SILENCE_MILLIS;
        for (JoinPeer peer : List.copyOf(peers.values())) {
            Question oldest = peer.questions().peekFirst();
            if (oldest != null && oldest.sentMillis < latest) {
                peer.link()
                        .disconnect(new Rejection(
                                RejectionReason.TIMED_OUT,
                                "no answer within " + MAX_SILENCE_MILLIS / 1_000 + " seconds"));
            }
        }
        goOn();
    }

    private void choose() {
        if (chain.head().height() > 0) {
            giveUp();
            return;
        }
        boolean headersHere = headersKnown.getAsBoolean();
        Optional<BlockEntry> buriedBlock = newestBuried();
        if (headersHere && !peers.isEmpty() && buriedBlock.isPresent() && chain.mayImport()) {
            target = buriedBlock;
            beganMillis = clock.millis();
            enter(State.ROOTS);
            askForRoots();
        } else if (headersHere && clock.millis() - beganMillis > CHOOSING_MILLIS) {
            giveUp();
        }
    }

    /** The newest checkpoint on the best branch whose committing header is buried; none while the chain is too short. */
    private Optional<BlockEntry> newestBuried() {
        long interval = chain.genesis().checkpointInterval();
        long height = chain.bestHeader().height() - interval - buried;
        height -= Math.floorMod(height, interval);
        return height > 0 ? chain.bestAt(height) : Optional.empty();
    }

    private Optional<Hash> committedRoot(BlockEntry block) {
        return chain.bestAt(block.header().height()).filter(block::equals).isEmpty()
                ? Optional.empty()
                : chain.bestAt(block.header().height() + chain.genesis().checkpointInterval())
                        .map(entry -> entry.header().stateRoot());
    }

    /** Goes over to a newer state when nobody has this one any more, or it left the best branch. */
    private boolean moveOn() {
        BlockHash wanted = target.orElseThrow().hash();
        long now = clock.millis();
        boolean nobodyHasIt = !peers.isEmpty() && peers.values().stream().noneMatch(peer -> peer.mayHave(wanted, now));
        boolean abandoned = committedRoot(target.orElseThrow()).isEmpty();
        Optional<BlockEntry> newer = newestBuried();
        if ((!nobodyHasIt && !abandoned)
                || newer.isEmpty()
                || newer.get().hash().equals(wanted)) {
            return false;
        }
        target = newer;
        plan.stop();
        enter(State.ROOTS);
        return true;
    }

    private void askForRoots() {
        moveOn();
        BlockHash wanted = target.orElseThrow().hash();
        if (!imports.isUnderWay() && (chain.head().height() > 0 || clock.millis() - beganMillis > PATIENCE_MILLIS)) {
            giveUp();
            return;
        }
        Message question = new Message.GetStateRoots(wanted);
        boolean asked = peers.values().stream()
                .flatMap(peer -> peer.questions().stream())
                .anyMatch(open -> !open.expired && open.message.equals(question));
        for (JoinPeer peer : peers.values()) {
            if (!asked && peer.isFree(wanted, clock.millis())) {
                asked = ask(peer, question);
            }
        }
    }

    private void askForChunks() {
        if (imports.isComplete()) {
            enter(State.INSTALLING);
            prepare();
            return;
        }
        if (moveOn()) {
            askForRoots();
            return;
        }
        BlockHash wanted = target.orElseThrow().hash();
        boolean asked = true;
        while (asked) {
            asked = false;
            for (JoinPeer peer : peers.values()) {
                Optional<ChunkPlan.Range> range = plan.next();
                if (range.isPresent() && peer.isFree(wanted, clock.millis())) {
                    ChunkPlan.Range next = range.get();
                    if (ask(peer, new Message.GetStateChunk(wanted, next.first(), next.count()))) {
                        plan.asked(next);
                        asked = true;
                    }
                }
            }
        }
    }

    private boolean ask(JoinPeer peer, Message message) {
        if (!peer.link().send(message)) {
            return false;
        }
        Question question = new Question(message, clock.millis());
        question.timeout = timers.after(TIMEOUT_MILLIS, () -> timedOut(question));
        peer.questions().add(question);
        return true;
    }

    private void timedOut(Question question) {
        question.expired = true;
        release(question);
        goOn();
    }

    /** What a question asked for may be asked elsewhere. */
    private void release(Question question) {
        question.cancelTimeout();
        if (question.message instanceof Message.GetStateChunk(BlockHash block, int first, int count)
                && isTarget(block)) {
            plan.release(new ChunkPlan.Range(first, count));
        }
    }

    private boolean isTarget(BlockHash block) {
        return target.filter(entry -> entry.hash().equals(block)).isPresent();
    }

    /** The question that an answer belongs to; a peer that answers what nobody asked is blamed. */
    private Optional<Question> answered(JoinPeer peer, Message expected) {
        Question question = peer.questions().peekFirst();
        if (question == null || !question.message.equals(expected)) {
            peer.link()
                    .penalise(10, new Rejection(RejectionReason.UNEXPECTED_MESSAGE, "a state that was not asked for"));
            return Optional.empty();
        }
        peer.questions().remove();
        question.cancelTimeout();
        return Optional.of(question);
    }

    public void received(PeerLink link, Message.StateRoots answer) {
        JoinPeer peer = peers.get(link.key());
        if (peer == null
                || answered(peer, new Message.GetStateRoots(answer.block())).isEmpty()) {
            return;
        }
        if (answer.pages().isEmpty()) {
            peer.lacks(answer.block(), clock.millis() + LACKING_MILLIS);
            goOn();
            return;
        }
        Optional<Hash> root =
                target.filter(entry -> entry.hash().equals(answer.block())).flatMap(this::committedRoot);
        if (progress.state() != State.ROOTS || root.isEmpty()) {
            return;
        }
        work.run(() -> {
            Optional<BucketRoots> proved = prove(answer.pages(), root.get());
            return () -> rootsProved(peer, answer.block(), proved);
        });
    }

    private static Optional<BucketRoots> prove(List<ByteBuffer> pages, Hash root) {
        try {
            List<byte[]> encoded = new ArrayList<>();
            for (ByteBuffer page : pages) {
                byte[] bytes = new byte[page.remaining()];
                page.duplicate().get(bytes);
                encoded.add(bytes);
            }
            return Optional.of(BucketRoots.decode(encoded))
                    .filter(roots -> roots.stateRoot().equals(root));
        } catch (MalformedException notCanonical) {
            return Optional.empty();
        }
    }

    private void rootsProved(JoinPeer peer, BlockHash block, Optional<BucketRoots> proved) {
        if (proved.isEmpty()) {
            blame(peer, block, "bucket roots that do not lead to the state root");
        } else if (progress.state() == State.ROOTS && isTarget(block) && chain.mayImport()) {
            imports.begin(block, proved.get());
            plan.restart(imports.done());
            enter(State.CHUNKS);
        }
        goOn();
    }

    public void received(PeerLink link, Message.StateChunk answer) {
        JoinPeer peer = peers.get(link.key());
        Question open = peer == null ? null : peer.questions().peekFirst();
        int count = open != null && open.message instanceof Message.GetStateChunk question ? question.count() : 1;
        if (peer == null
                || answered(peer, new Message.GetStateChunk(answer.block(), answer.first(), count))
                        .isEmpty()) {
            return;
        }
        ChunkPlan.Range asked = new ChunkPlan.Range(answer.first(), count);
        if (progress.state() != State.CHUNKS || !isTarget(answer.block())) {
            return;
        }
        if (answer.buckets().size() > count) {
            plan.release(asked);
            blame(peer, answer.block(), "more buckets than were asked for");
            goOn();
            return;
        }
        if (answer.buckets().isEmpty()) {
            plan.release(asked);
            peer.lacks(answer.block(), clock.millis() + LACKING_MILLIS);
            goOn();
            return;
        }
        BucketRoots roots = imports.roots();
        work.run(() -> {
            boolean proved = true;
            for (int i = 0; i < answer.buckets().size(); i++) {
                proved &= answer.buckets().get(i).root().equals(roots.bucket(answer.first() + i));
            }
            boolean allProved = proved;
            return () -> chunkProved(peer, answer, asked, allProved);
        });
        goOn();
    }

    private void chunkProved(JoinPeer peer, Message.StateChunk answer, ChunkPlan.Range asked, boolean proved) {
        if (!proved) {
            blame(peer, answer.block(), "accounts that do not lead to the bucket root");
        }
        if (progress.state() != State.CHUNKS || !isTarget(answer.block())) {
            return;
        }
        plan.release(asked);
        if (proved) {
            imports.store(answer.first(), answer.buckets());
            plan.stored(new ChunkPlan.Range(answer.first(), answer.buckets().size()));
            enter(State.CHUNKS);
        }
        goOn();
    }

    private void blame(JoinPeer peer, BlockHash block, String what) {
        peer.lacks(block, clock.millis() + LACKING_MILLIS);
        peer.link().penalise(100, new Rejection(RejectionReason.WRONG_STATE_ROOT, what));
    }

    private void prepare() {
        if (!imports.prepare()) {
            timers.after(0, this::prepare);
        } else if (chain.install()) {
            giveUp();
        } else {
            // The branch was left meanwhile; what both states have in common stays.
            target = newestBuried().or(() -> target);
            enter(State.ROOTS);
            goOn();
        }
    }

    /** From here on blocks are applied one after another. */
    private void giveUp() {
        enter(State.NONE);
        chain.holdBodies(false);
        whenOver.run();
    }

    private void enter(State state) {
        long base = state == State.NONE
                ? chain.baseHeight()
                : target.map(entry -> entry.header().height()).orElse(0L);
        progress = new SnapshotProgress(state, base, state == State.NONE ? 0 : plan.chunksDone());
    }
}
