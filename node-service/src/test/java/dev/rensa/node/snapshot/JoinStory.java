package dev.rensa.node.snapshot;

import static dev.rensa.node.chain.TestNetwork.account;

import dev.rensa.node.chain.BackgroundWork;
import dev.rensa.node.chain.Chain;
import dev.rensa.node.chain.InMemoryStorage;
import dev.rensa.node.chain.LateWork;
import dev.rensa.node.chain.StoredState;
import dev.rensa.node.peer.Message;
import dev.rensa.node.peer.NodeKey;
import dev.rensa.protocol.block.BlockHeader;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.Hash;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One node that joins a short chain from a snapshot, peers that do what they are told, and a clock that stands still
 * until time is to pass. A state is committed at every second block.
 */
final class JoinStory {
    private static final long NOW = JoinSource.NOW;

    /** Enough for all chunks, and for those who come late. */
    private static final int MAX_HONEST_ROUNDS = 500;

    private static final int HONEST = 99;

    private static final JoinSource SMALL = new JoinSource(List.of(), height -> account(100 + height));

    private final JoinSource source;
    private final InMemoryStorage storage = new InMemoryStorage();
    private Chain chain;
    private LateWork work = new LateWork();
    private final StoryTimers timers = new StoryTimers(NOW);
    private final Map<Integer, JoinStranger> present = new HashMap<>();
    private final StoryTips tips = new StoryTips();
    private SnapshotJoin join;
    private final SnapshotServer truth;
    private int overs;
    private boolean claimed;
    private int headers = JoinSource.COMMITTED;

    JoinStory() {
        this(SMALL);
    }

    JoinStory(JoinSource source) {
        this.source = source;
        truth = new SnapshotServer(source.chain(), timers, BackgroundWork.AT_ONCE);
        chain = openChain();
        join = openJoin();
    }

    private Chain openChain() {
        Chain opened = Chain.open(source.genesis(), storage, 100);
        opened.acceptHeaders(source.headers().subList(0, headers), NOW);
        return opened;
    }

    private SnapshotJoin openJoin() {
        return new SnapshotJoin(chain, true, timers, timers, work, tips, () -> overs++);
    }

    /** Some hash that is no bucket's root. */
    static Hash someHash() {
        return Hash.of(SMALL.genesis().networkHash().toBytes());
    }

    /** Headers that the joining node hears of beside the source's. */
    void hearOf(List<BlockHeader> branch) {
        chain.acceptHeaders(branch, NOW);
        join.goOn();
    }

    /** The tip of all who come, unless another is named: that of the best header. */
    void follows(int who, BlockHash tip) {
        tips.set(who, tip);
    }

    /** From now on somebody claims better headers, and another one when he is found out. */
    void claimHeaders() {
        claimed = true;
    }

    void come(int who) {
        if (!present.containsKey(who)) {
            JoinStranger stranger = new JoinStranger(who);
            present.put(who, stranger);
            join.connected(stranger);
        }
    }

    void leave(int who) {
        JoinStranger stranger = present.remove(who);
        if (stranger != null) {
            join.disconnected(stranger.key());
        }
    }

    /** The oldest question that a peer owes an answer. */
    Optional<Message> question(int who) {
        return Optional.ofNullable(present.get(who)).flatMap(JoinStranger::question);
    }

    void answerTruly(int who) {
        JoinStranger stranger = present.get(who);
        if (stranger != null && stranger.question().isPresent()) {
            truth.asked(stranger, stranger.question().get());
            hear(stranger, stranger.takeTruth());
        }
    }

    /** Something that may be a lie. */
    void say(int who, Message message) {
        JoinStranger stranger = present.get(who);
        if (stranger != null) {
            stranger.mayBeBlamed();
            hear(stranger, message);
        }
    }

    private void hear(JoinStranger stranger, Message message) {
        stranger.answers(message);
        switch (message) {
            case Message.StateRoots roots -> join.received(stranger, roots);
            case Message.StateChunk chunk -> join.received(stranger, chunk);
            default -> {
                // Others take it.
            }
        }
        dropWhoIsGone();
    }

    /** The truth that a peer would tell, untold. */
    Message truth(int who) {
        JoinStranger stranger = Objects.requireNonNull(present.get(who));
        truth.asked(stranger, stranger.question().orElseThrow());
        return stranger.takeTruth();
    }

    boolean isPresent(int who) {
        return present.containsKey(who);
    }

    SnapshotProgress.State state() {
        return join.progress().state();
    }

    boolean hasAccountsOfBlock0() {
        return StoredState.accounts(storage)
                .equals(source.accountsBehind(source.genesis().block0().hash()));
    }

    /** Height of the block whose accounts were taken over. */
    long baseHeight() {
        return chain.baseHeight();
    }

    void pass(long millis) {
        timers.pass(millis);
        join.tick();
        dropWhoIsGone();
    }

    void think() {
        work.doAll();
        dropWhoIsGone();
    }

    /** The process dies and another one begins: what was stored is there, what was being computed is not. */
    void kill() {
        present.clear();
        timers.forget();
        work = new LateWork();
        chain = openChain();
        join = openJoin();
        overs = join.isActive() ? 0 : 1;
    }

    void grow() {
        List<BlockHeader> all = source.headers();
        if (headers < all.size()) {
            chain.acceptHeaders(all.subList(headers, all.size()), NOW);
            headers = all.size();
            join.goOn();
        }
    }

    /** Who was let go or banned is disconnected, as a transport does it. */
    private void dropWhoIsGone() {
        for (int who : List.copyOf(present.keySet())) {
            if (present.get(who).isGone()) {
                leave(who);
            }
        }
    }

    /** Peers follow the best branch unless it is said otherwise. */
    private final class StoryTips implements PeerTips {
        private final Map<NodeKey, BlockHash> proven = new HashMap<>();

        void set(int who, BlockHash tip) {
            proven.put(new JoinStranger(who).key(), tip);
        }

        @Override
        public boolean areKnown() {
            return !claimed;
        }

        @Override
        public boolean hadTheirTurn(long byMillis) {
            return true;
        }

        @Override
        public Optional<BlockHash> proven(NodeKey peer) {
            return Optional.of(proven.getOrDefault(peer, chain.bestHeader().hash()));
        }
    }

    /** Whatever happened before, one honest peer is enough. */
    void endHonestly() {
        List.copyOf(present.keySet()).forEach(this::leave);
        for (int round = 0; join.isActive() && round < MAX_HONEST_ROUNDS; round++) {
            come(HONEST);
            answerTruly(HONEST);
            think();
            pass(1);
            if (question(HONEST).isEmpty()) {
                pass(JoinQuestions.LACKING_MILLIS);
            }
        }
        if (join.isActive()) {
            throw new AssertionError("still at " + join.progress() + " though an honest peer answered everything");
        }
    }

    /** What was installed is the truth; whoever is asked is asked for no more than agreed; being over is told once. */
    void requireTruth() {
        present.values().forEach(JoinStranger::requireBounds);
        if (overs != (join.isActive() ? 0 : 1)) {
            throw new AssertionError("it was told " + overs + " times that joining is over: " + join.progress());
        }
        if (chain.baseHeight() > 0
                && !StoredState.accounts(storage)
                        .equals(source.accountsBehind(chain.head().hash()))) {
            throw new AssertionError("other accounts than the chain's were installed");
        }
        if (chain.baseHeight() == 0 && chain.head().height() > 0) {
            throw new AssertionError("the head moved without a base");
        }
    }
}
