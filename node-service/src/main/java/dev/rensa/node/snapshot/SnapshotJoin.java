package dev.rensa.node.snapshot;

import dev.rensa.node.chain.BackgroundWork;
import dev.rensa.node.chain.Chain;
import dev.rensa.node.chain.StateImport;
import dev.rensa.node.peer.Message;
import dev.rensa.node.peer.NodeKey;
import dev.rensa.node.peer.PeerLink;
import dev.rensa.node.peer.Timers;
import dev.rensa.node.snapshot.SnapshotProgress.State;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.Hash;
import dev.rensa.protocol.state.BucketRoots;
import dev.rensa.protocol.state.StateBucket;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Starts a node from the accounts at a checkpoint: headers first, whose work is checked; then the bucket roots, which must
 * lead to the state root of a buried header; then the buckets, from all peers at once, each held against its root before it
 * is stored. A peer that is slow or lies costs time only. What was fetched becomes the ledger once others had time to show a
 * better chain than that which commits to it. Writer thread only, but for {@link #progress} and {@link #isActive}.
 */
public final class SnapshotJoin {

    /**
     * A node that within this finds no peer, or only peers whose chain is too short, begins at block 0: somebody must be the
     * first, and the first peer met may itself be catching up.
     */
    static final long CHOOSING_MILLIS = 10_000;

    /** If nobody has a suitable state within this, every block is applied instead. */
    static final long PATIENCE_MILLIS = 60_000;

    /**
     * If an import has begun and its peers give nothing for this long, it is undone: all who kept the state were restarted,
     * and it may take two checkpoint intervals until there is another, or for ever where nobody mines.
     */
    static final long STRANDED_MILLIS = 300_000;

    private final Chain chain;
    private final StateImport imports;
    private final InstantSource clock;
    private final Timers timers;
    private final BackgroundWork work;
    private final PeerTips tips;
    private final ClaimPatience claims;
    private final Company company;
    private final Runnable whenOver;
    private final JoinTarget target;
    private final JoinQuestions questions;
    private final ChunkPlan plan = new ChunkPlan();

    /** When the present phase began: choosing, or asking for a state. */
    private long beganMillis;

    /** When something was stored last, or nobody was there to give it. */
    private long progressMillis;

    private volatile SnapshotProgress progress;

    /**
     * Prepares joining.
     *
     * @param wanted whether an empty store is to be filled so; an import that has begun is gone on with in any case
     * @param whenOver told once when joining is over, whether there is a new head or not
     */
    public SnapshotJoin(
            Chain chain,
            boolean wanted,
            InstantSource clock,
            Timers timers,
            BackgroundWork work,
            PeerTips tips,
            Runnable whenOver) {
        this.chain = chain;
        this.imports = chain.stateImport();
        this.clock = clock;
        this.timers = timers;
        this.work = work;
        this.tips = tips;
        this.company = new Company(clock);
        this.claims = new ClaimPatience(chain, tips, clock);
        this.whenOver = whenOver;
        this.target = new JoinTarget(chain);
        this.questions = new JoinQuestions(clock, timers, this::release, this::goOn);
        this.beganMillis = clock.millis();
        this.progressMillis = beganMillis;
        this.progress = new SnapshotProgress(State.NONE, chain.baseHeight(), 0);
        if (imports.isUnderWay()) {
            imports.target().ifPresent(target::resume);
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
        company.met(link, questions.haveNobody());
        questions.connected(link);
        goOn();
    }

    public void disconnected(NodeKey key) {
        questions.disconnected(key);
        goOn();
    }

    /** To be called every few seconds, and when headers have come. */
    public void goOn() {
        switch (progress.state()) {
            case NONE, INSTALLING, RETURNING -> {}
            case CHOOSING -> choose();
            case ROOTS -> askForRoots();
            case CHUNKS -> askForChunks();
        }
    }

    /** To be called every few seconds. */
    public void tick() {
        questions.letSilentPeersGo();
        claims.isBestHeaderHere();
        if (questions.haveNobody()) {
            progressMillis = clock.millis();
        }
        boolean asking = progress.state() == State.ROOTS || progress.state() == State.CHUNKS;
        if (asking && imports.isUnderWay() && clock.millis() - progressMillis > STRANDED_MILLIS) {
            enter(State.RETURNING);
            goBack();
        }
        goOn();
    }

    private void choose() {
        boolean headersHere = claims.isBestHeaderHere();
        if (headersHere && !questions.haveNobody() && chain.mayImport() && target.choose()) {
            beganMillis = clock.millis();
            enter(State.ROOTS);
            askForRoots();
        } else if (headersHere && clock.millis() - beganMillis > CHOOSING_MILLIS) {
            giveUp();
        }
    }

    /** Goes over to a newer state when nobody has this one any more, or it left the best branch. */
    private boolean moveOn() {
        boolean useless =
                questions.areVainFor(target.hash()) || target.committedRoot().isEmpty();
        if (!useless || !target.choose()) {
            return false;
        }
        plan.stop();
        enter(State.ROOTS);
        return true;
    }

    private void askForRoots() {
        moveOn();
        if (!imports.isUnderWay() && clock.millis() - beganMillis > PATIENCE_MILLIS) {
            giveUp();
            return;
        }
        Message question = new Message.GetStateRoots(target.hash());
        boolean asked = questions.include(question);
        for (JoinPeer peer : questions.free(target.hash())) {
            asked = asked || questions.ask(peer, question);
        }
    }

    private void askForChunks() {
        if (imports.isComplete() && mayInstall()) {
            enter(State.INSTALLING);
            prepare();
            return;
        }
        if (!imports.isComplete() || target.committedRoot().isEmpty()) {
            if (moveOn()) {
                askForRoots();
                return;
            }
        }
        boolean asked = true;
        while (asked) {
            asked = false;
            for (JoinPeer peer : questions.free(target.hash())) {
                asked |= askForChunk(peer);
            }
        }
    }

    private boolean askForChunk(JoinPeer peer) {
        Optional<ChunkPlan.Range> range = plan.next();
        if (range.isEmpty()) {
            return false;
        }
        ChunkPlan.Range next = range.get();
        boolean asked =
                questions.ask(peer, new Message.GetStateChunk(target.hash(), next.first(), next.count(), next.part()));
        if (asked) {
            plan.asked(next);
        }
        return asked;
    }

    /**
     * Work alone does not tell whose chain this is while only those met first showed one: at the easiest target, blocks cost
     * seconds. So others get time to show more.
     */
    private boolean mayInstall() {
        return target.committedRoot().isPresent() && claims.isBestHeaderHere() && company.isComplete();
    }

    /** What a question asked for may be asked elsewhere, unless it was already: then it is that question's. */
    private void release(Message question) {
        if (question instanceof Message.GetStateChunk chunk
                && target.is(chunk.block())
                && !questions.include(question)) {
            plan.release(ChunkPlan.Range.of(chunk));
        }
    }

    public void received(PeerLink link, Message.StateRoots answer) {
        questions
                .answered(link, new Message.GetStateRoots(answer.block()))
                .ifPresent(peer -> rootsReceived(peer, answer));
    }

    private void rootsReceived(JoinPeer peer, Message.StateRoots answer) {
        if (answer.pages().isEmpty()) {
            questions.lacks(peer, answer.block());
            goOn();
            return;
        }
        Optional<Hash> root = target.is(answer.block()) ? target.committedRoot() : Optional.empty();
        if (progress.state() == State.ROOTS && root.isPresent()) {
            work.run(() -> {
                Optional<BucketRoots> proved = StateProofs.roots(answer.pages(), root.get());
                return () -> rootsProved(peer, answer.block(), proved);
            });
        }
    }

    private void rootsProved(JoinPeer peer, BlockHash block, Optional<BucketRoots> proved) {
        if (proved.isEmpty()) {
            refuted(peer, block, "bucket roots that do not lead to the state root");
        } else if (progress.state() == State.ROOTS && target.is(block) && chain.mayImport()) {
            imports.begin(block, proved.get());
            progressMillis = clock.millis();
            plan.restart(imports.done());
            enter(State.CHUNKS);
        }
        goOn();
    }

    public void received(PeerLink link, Message.StateChunk answer) {
        Message.GetStateChunk asked = questions
                .oldest(link)
                .filter(question -> question instanceof Message.GetStateChunk)
                .map(Message.GetStateChunk.class::cast)
                .filter(open -> open.block().equals(answer.block()) && open.first() == answer.first())
                .orElseGet(() -> new Message.GetStateChunk(answer.block(), answer.first(), 1, answer.part()));
        questions.answered(link, asked).ifPresent(peer -> chunkReceived(peer, answer, asked));
    }

    private void chunkReceived(JoinPeer peer, Message.StateChunk answer, Message.GetStateChunk asked) {
        if (progress.state() != State.CHUNKS || !target.is(answer.block())) {
            return;
        }
        if (answer.buckets().isEmpty()) {
            release(asked);
            questions.lacks(peer, answer.block());
        } else if (answer.buckets().size() > asked.count() || answer.part() != asked.part()) {
            release(asked);
            questions.blame(peer, answer.block(), "other buckets than were asked for");
        } else if (!isWanted(answer)) {
            release(asked);
        } else {
            BucketRoots roots = imports.roots();
            List<Hash> before = plan.partRoots(asked.first());
            work.run(() -> {
                boolean proved = StateProofs.holds(answer, roots, before);
                return () -> chunkProved(peer, answer, asked, proved);
            });
        }
        goOn();
    }

    /** A part is held against those before it: a late one that others gave meanwhile can be neither proved nor blamed. */
    private boolean isWanted(Message.StateChunk answer) {
        return !answer.isPart() || plan.isNextPart(answer.first(), answer.part());
    }

    private void chunkProved(JoinPeer peer, Message.StateChunk answer, Message.GetStateChunk asked, boolean proved) {
        if (!proved) {
            refuted(peer, answer.block(), "accounts that do not lead to the bucket root");
        }
        if (progress.state() != State.CHUNKS || !target.is(answer.block())) {
            return;
        }
        release(asked);
        if (proved && isWanted(answer)) {
            store(answer);
            progressMillis = clock.millis();
            enter(State.CHUNKS);
        }
        goOn();
    }

    /**
     * What a peer gave does not fit to the header that commits to it. That may be the header's lie, of which a peer on another
     * branch knows nothing.
     */
    private void refuted(JoinPeer peer, BlockHash block, String what) {
        if (tips.proven(peer.link().key()).filter(target::isCommittedToBelow).isPresent()) {
            questions.blame(peer, block, what);
        } else {
            questions.lacks(peer, block);
        }
    }

    private void store(Message.StateChunk answer) {
        int first = answer.first();
        List<Hash> roots = answer.partRoots();
        int partsHere = answer.part() + 1;
        if (!answer.isPart()) {
            imports.store(first, answer.buckets());
            plan.stored(first, answer.buckets().size());
            return;
        }
        StateBucket part = answer.buckets().getFirst();
        imports.storePart(first, plan.lastKey(first), part, partsHere == roots.size());
        if (partsHere == roots.size()) {
            plan.stored(first, 1);
        } else {
            plan.partStored(
                    first,
                    roots.subList(0, partsHere),
                    part.accounts().getLast().key());
        }
    }

    private void prepare() {
        if (!mayInstall()) {
            // A better branch showed up meanwhile, or may; what both states have in common stays.
            enter(State.CHUNKS);
        } else if (imports.prepare() && chain.install()) {
            giveUp();
        } else {
            timers.after(0, this::prepare);
        }
    }

    /** Undoes an import that nobody helps on. */
    private void goBack() {
        if (chain.undoImport()) {
            giveUp();
        } else {
            timers.after(0, this::goBack);
        }
    }

    /** From here on blocks are applied one after another. */
    private void giveUp() {
        enter(State.NONE);
        chain.holdBodies(false);
        whenOver.run();
    }

    private void enter(State state) {
        long base = state == State.NONE ? chain.baseHeight() : target.height();
        progress = new SnapshotProgress(state, base, state == State.NONE ? 0 : plan.chunksDone());
    }
}
