package dev.rensa.node.gossip;

import dev.rensa.node.chain.BlockEntry;
import dev.rensa.node.chain.BlockOutcome;
import dev.rensa.node.chain.BlockState;
import dev.rensa.node.chain.ChainView;
import dev.rensa.node.gossip.RelayListener.CompactOutcome;
import dev.rensa.node.peer.Message;
import dev.rensa.node.peer.NodeKey;
import dev.rensa.node.peer.PeerLink;
import dev.rensa.node.peer.Timers;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.block.BlockHeader;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.verdict.Fault;
import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.verdict.RejectionReason;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Takes blocks in compact form: a header whose work was judged already, and names of transactions most of which are here.
 * What is missing is asked for once, of the peer that sent it; where that does not lead to a block with the right root, the
 * whole body is fetched instead. Writer thread only.
 */
public final class CompactBlocks {

    /** Blocks that are rebuilt at once: more than honest peers find in the time that takes. */
    static final int MAX_BLOCKS = 16;

    /**
     * Peers whose compact form of the same block is tried, those included that failed: one that does not answer must not
     * hold up the block. The last attempt is kept for a peer that this node dialled, for all others may be one and the same.
     */
    static final int MAX_ATTEMPTS = 3;

    /** How long a peer may take to give what is missing, and how long all forms of a block together hold up its body. */
    static final long TIMEOUT_MILLIS = 2_000;

    /** How long the whole body of a block that was only told of is not asked for, since a compact one may be on its way. */
    static final long HOLD_MILLIS = 250;

    /** Questions whose late answers are still understood. */
    static final int MAX_QUESTIONS = 256;

    /** Blocks that are not taken in compact form again after that failed. */
    static final int MAX_GIVEN_UP = 64;

    private final ChainView chain;
    private final TransactionRelay relay;
    private final Timers timers;
    private final RandomGenerator random;
    private final Intake intake;
    private final Runnable fetchWhole;
    private final RelayListener listener;

    /** Who tried each block that is not given up. */
    private final Map<BlockHash, Map<NodeKey, Attempt>> attempts = new LinkedHashMap<>();

    private final Set<BlockHash> judging = new HashSet<>();
    private final Set<BlockHash> held = new HashSet<>();
    private final Set<BlockHash> givenUp = new LinkedHashSet<>();

    /** What peers owe, also where it is not waited for any more. */
    private final Set<Question> questions = new LinkedHashSet<>();

    /** Connected peers that let a question's time pass and have answered none since: nothing is waited for from them. */
    private final Set<NodeKey> late = new HashSet<>();

    private record Question(NodeKey peer, BlockHash block) {}

    /** Where rebuilt blocks go. */
    @FunctionalInterface
    public interface Intake {

        /**
         * Takes a block whose header is known and whose root may be wrong.
         *
         * @param whenDone called once, on the writer thread and never within this call
         */
        void offer(Block block, NodeKey from, Consumer<BlockOutcome> whenDone);
    }

    /** One peer's form of a block. */
    private static final class Attempt {
        private final PeerLink link;
        private final Rebuild rebuild;
        private boolean asked;
        private boolean failed;

        Attempt(PeerLink link, Rebuild rebuild) {
            this.link = link;
            this.rebuild = rebuild;
        }
    }

    /**
     * Starts with nothing under way.
     *
     * @param fetchWhole called when a block that {@link #isComing} is not coming any more
     */
    public CompactBlocks(
            ChainView chain,
            TransactionRelay relay,
            Timers timers,
            RandomGenerator random,
            Intake intake,
            Runnable fetchWhole,
            RelayListener listener) {
        this.chain = chain;
        this.relay = relay;
        this.timers = timers;
        this.random = random;
        this.intake = intake;
        this.fetchWhole = fetchWhole;
        this.listener = listener;
    }

    public void disconnected(NodeKey key) {
        questions.removeIf(question -> question.peer().equals(key));
        late.remove(key);
        for (Map<NodeKey, Attempt> tried : List.copyOf(attempts.values())) {
            Attempt attempt = tried.get(key);
            if (attempt != null) {
                fail(attempt);
            }
        }
    }

    /** Whether a block is expected in compact form or being judged, so that its body need not be fetched. */
    public boolean isComing(BlockHash hash) {
        return held.contains(hash) || judging.contains(hash) || attempts.containsKey(hash);
    }

    /**
     * A peer told of a tip alone, and its header is not judged yet. When others may give the same block in compact form,
     * its body is not asked for at once.
     */
    public void tipTold(PeerLink from, BlockHeader header) {
        BlockHash hash = header.hash();
        if (stateOf(header.parent()) == BlockState.CONNECTED
                && chain.find(hash).isEmpty()
                && held.size() < MAX_BLOCKS
                && relay.relaysBeside(from.key())
                && held.add(hash)) {
            timers.after(HOLD_MILLIS, () -> {
                if (held.remove(hash) && !isComing(hash)) {
                    fetchWhole.run();
                }
            });
        }
    }

    /**
     * A compact block.
     *
     * @param judgeHeader hands the header to whoever judges it; meanwhile the body is not asked for
     */
    public void received(PeerLink link, Message.CompactBlock compact, Runnable judgeHeader) {
        BlockHash hash = compact.header().hash();
        boolean heldBefore = !held.add(hash);
        judgeHeader.run();
        Rebuild rebuild =
                stateOf(hash) == BlockState.HEADER_ONLY && isParentHere(compact.header()) && hasPlace(hash, link)
                        ? begin(link, compact, hash)
                        : null;
        if (rebuild != null) {
            held.remove(hash);
            take(link, compact, rebuild);
        } else if (!heldBefore) {
            held.remove(hash);
            fetchWhole.run();
        }
    }

    /** Rule P-13 of docs/protocol-peers.md: a form with one id twice is not tried, and others of the block still are. */
    private @Nullable Rebuild begin(PeerLink link, Message.CompactBlock compact, BlockHash hash) {
        Rebuild rebuild = new Rebuild(compact, hash, random.nextLong());
        if (rebuild.isAmbiguous()) {
            link.penalise(
                    20,
                    new Rejection(
                            RejectionReason.NOT_CANONICAL, "a compact block names two transactions by one short id"));
            return null;
        }
        return rebuild;
    }

    private void take(PeerLink link, Message.CompactBlock compact, Rebuild rebuild) {
        relay.arrivedWithBlock(
                link.key(),
                compact.prefilled().stream().map(Message.Prefilled::transaction).toList());
        Attempt attempt = new Attempt(link, rebuild);
        attempts.computeIfAbsent(rebuild.hash(), this::firstAttempt).put(link.key(), attempt);
        if (!attempt.rebuild.isComplete()) {
            relay.visit(attempt.rebuild::offer);
        }
        if (attempt.rebuild.isComplete()) {
            judge(attempt);
        } else {
            ask(attempt);
        }
    }

    /** From now on the block's time runs, however many peers begin to give it after another. */
    private Map<NodeKey, Attempt> firstAttempt(BlockHash hash) {
        Map<NodeKey, Attempt> tried = new LinkedHashMap<>();
        timers.after(TIMEOUT_MILLIS, () -> {
            if (attempts.remove(hash, tried)) {
                giveUp(hash);
            }
        });
        return tried;
    }

    /** A peer gives what was missing. */
    public void received(PeerLink link, Message.BlockTransactions answer) {
        if (!questions.remove(new Question(link.key(), answer.block()))) {
            link.penalise(
                    10,
                    new Rejection(
                            RejectionReason.UNEXPECTED_MESSAGE, "transactions of a block that were not asked for"));
            return;
        }
        late.remove(link.key());
        Attempt attempt = attempts.getOrDefault(answer.block(), Map.of()).get(link.key());
        if (attempt == null || attempt.failed) {
            return;
        }
        if (attempt.rebuild.complete(answer.transactions())) {
            relay.arrivedWithBlock(link.key(), answer.transactions());
            judge(attempt);
            return;
        }
        if (!answer.transactions().isEmpty()) {
            link.penalise(
                    100,
                    new Rejection(
                            RejectionReason.WRONG_TRANSACTIONS_ROOT,
                            "the transactions given for block " + answer.block()
                                    + " are not those that its compact form names"));
        }
        fail(attempt);
    }

    private boolean hasPlace(BlockHash hash, PeerLink link) {
        Map<NodeKey, Attempt> tried = attempts.getOrDefault(hash, Map.of());
        return !judging.contains(hash)
                && !givenUp.contains(hash)
                && !tried.containsKey(link.key())
                && !late.contains(link.key())
                && tried.size() < MAX_ATTEMPTS
                && (link.info().outbound() || triedOfOthers(tried) < MAX_ATTEMPTS - 1)
                && (!tried.isEmpty() || attempts.size() < MAX_BLOCKS);
    }

    private static long triedOfOthers(Map<NodeKey, Attempt> tried) {
        return tried.values().stream()
                .filter(attempt -> !attempt.link.info().outbound())
                .count();
    }

    private boolean isParentHere(BlockHeader header) {
        BlockState parent = stateOf(header.parent());
        return parent == BlockState.CONNECTED || parent == BlockState.BODY_STORED || isComing(header.parent());
    }

    private @Nullable BlockState stateOf(BlockHash hash) {
        return chain.find(hash).map(BlockEntry::state).orElse(null);
    }

    private void ask(Attempt attempt) {
        BlockHash hash = attempt.rebuild.hash();
        if (!attempt.link.send(new Message.GetBlockTransactions(hash, attempt.rebuild.missingPlaces()))) {
            fail(attempt);
            return;
        }
        attempt.asked = true;
        Question question = new Question(attempt.link.key(), hash);
        questions.add(question);
        if (questions.size() > MAX_QUESTIONS) {
            questions.remove(questions.iterator().next());
        }
        timers.after(TIMEOUT_MILLIS, () -> {
            if (questions.contains(question)) {
                late.add(attempt.link.key());
                fail(attempt);
            }
        });
    }

    /** Without blame: a transaction of ours may have had the short id of the right one, or the peer lost the block. */
    private void fail(Attempt attempt) {
        BlockHash hash = attempt.rebuild.hash();
        attempt.failed = true;
        Map<NodeKey, Attempt> tried = attempts.getOrDefault(hash, Map.of());
        if (tried.get(attempt.link.key()) == attempt && tried.values().stream().allMatch(other -> other.failed)) {
            attempts.remove(hash);
            giveUp(hash);
        }
    }

    private void giveUp(BlockHash hash) {
        givenUp.add(hash);
        if (givenUp.size() > MAX_GIVEN_UP) {
            givenUp.remove(givenUp.iterator().next());
        }
        listener.compactBlockEnded(CompactOutcome.WHOLE);
        fetchWhole.run();
    }

    private void judge(Attempt attempt) {
        BlockHash hash = attempt.rebuild.hash();
        attempts.remove(hash);
        judging.add(hash);
        intake.offer(attempt.rebuild.block(), attempt.link.key(), outcome -> judged(attempt, hash, outcome));
    }

    private void judged(Attempt attempt, BlockHash hash, BlockOutcome outcome) {
        judging.remove(hash);
        if (outcome instanceof BlockOutcome.Rejected(Rejection rejection, var changes)
                && rejection.reason() == RejectionReason.WRONG_TRANSACTIONS_ROOT) {
            giveUp(hash);
            return;
        }
        listener.compactBlockEnded(attempt.asked ? CompactOutcome.ASKED : CompactOutcome.REBUILT);
        // Only what its sender had connected is given in compact form, so a broken rule is the sender's fault.
        if (outcome instanceof BlockOutcome.Rejected(Rejection rejection, var changes)
                && rejection.reason().fault() == Fault.SENDER
                && stateOf(hash) == BlockState.INVALID) {
            attempt.link.penalise(100, rejection);
        }
    }
}
