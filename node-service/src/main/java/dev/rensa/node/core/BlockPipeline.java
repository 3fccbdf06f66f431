package dev.rensa.node.core;

import dev.rensa.node.chain.BlockOutcome;
import dev.rensa.node.chain.Chain;
import dev.rensa.node.chain.ChainChange;
import dev.rensa.node.chain.CheckedBlock;
import dev.rensa.node.chain.PreparedBlock;
import dev.rensa.node.chain.SignatureChecks;
import dev.rensa.node.chain.UncheckedBlock;
import dev.rensa.node.mempool.Mempool;
import dev.rensa.node.peer.NodeKey;
import dev.rensa.node.sync.BlockIntake;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.protocol.verdict.Fault;
import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.verdict.RejectionReason;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The way of a block into the chain: its body is read, held against its header and its signatures are checked away from the
 * writer thread, then the ledger judges, then everyone hears. While one is judged, those behind it are being checked.
 */
final class BlockPipeline implements BlockIntake {

    /** Blocks whose givers are remembered while the head waits: twice the window in which bodies are fetched ahead. */
    private static final int MAX_WAITING = 4_096;

    private final Chain chain;
    private final Mempool mempool;
    private final SignatureChecks checks;
    private final InstantSource clock;
    private final ChangeFollower follower;

    /** Who gave the block that made the head wait for a state root. */
    private Optional<NodeKey> waitingFrom = Optional.empty();

    /** Who gave the blocks that were stored meanwhile and are not judged yet; the oldest are forgotten. */
    private final Map<BlockHash, NodeKey> waitingBlocks = new LinkedHashMap<>();

    /** Hears how the canonical chain moves. */
    interface ChangeFollower {

        /** One step of possibly many. */
        void stepped(ChainChange change, Optional<NodeKey> from);

        /** The head is where it should be. */
        void arrived();

        /** A block that a peer gave, and that was taken, breaks a rule after all. */
        void foundInvalid(NodeKey from, Rejection why);
    }

    /** A look at a body, and those of its transactions that nobody has checked yet. */
    private record Prepared(PreparedBlock block, List<Transaction> unchecked) {}

    BlockPipeline(Chain chain, Mempool mempool, SignatureChecks checks, InstantSource clock, ChangeFollower follower) {
        this.chain = chain;
        this.mempool = mempool;
        this.checks = checks;
        this.clock = clock;
        this.follower = follower;
        chain.whenStateRootIsComputed(this::goOn);
    }

    @Override
    public void offer(List<UncheckedBlock> blocks, NodeKey from, BiConsumer<BlockHash, BlockOutcome> whenDone) {
        checks.check(
                () -> blocks.stream()
                        .map(unchecked -> prepare(chain.prepare(unchecked)))
                        .toList(),
                group -> group.stream().flatMap(it -> it.unchecked.stream()).toList(),
                (group, valid) -> judge(group, valid, from, whenDone));
    }

    /**
     * Offers a block that was put together here, whose header is known. A wrong root is answered as a rejection that says
     * nothing of the block.
     *
     * @param whenDone called once, on the writer thread and never within this call
     */
    void offer(Block block, NodeKey from, Consumer<BlockOutcome> whenDone) {
        checks.check(
                () -> List.of(prepare(chain.prepare(block))),
                group -> group.getFirst().unchecked,
                (group, valid) -> judge(group, valid, from, (hash, outcome) -> whenDone.accept(outcome)));
    }

    /** Runs away from the writer. */
    private Prepared prepare(PreparedBlock block) {
        if (!(block instanceof PreparedBlock.Sound(CheckedBlock checked))) {
            return new Prepared(block, List.of());
        }
        // A transaction's id covers its signature, so what waits in the mempool was checked to the last bit.
        List<Transaction> unknown = checked.block().transactions().stream()
                .filter(transaction -> !mempool.contains(transaction.id()))
                .toList();
        return new Prepared(block, unknown);
    }

    private void judge(
            List<Prepared> group, boolean[] valid, NodeKey from, BiConsumer<BlockHash, BlockOutcome> whenDone) {
        int first = 0;
        for (Prepared prepared : group) {
            Optional<Rejection> forged = Optional.empty();
            List<Transaction> checked = prepared.unchecked;
            for (int i = 0; i < checked.size() && forged.isEmpty(); i++) {
                forged = valid[first + i] ? Optional.empty() : Optional.of(forged(checked.get(i)));
            }
            first += checked.size();
            BlockOutcome outcome = judge(prepared.block, forged, from);
            whenDone.accept(prepared.block.hash(), outcome);
        }
    }

    private BlockOutcome judge(PreparedBlock block, Optional<Rejection> forged, NodeKey from) {
        return switch (block) {
            case PreparedBlock.Mismatched(BlockHash hash, Rejection rejection) ->
                new BlockOutcome.Rejected(rejection, List.of());
            case PreparedBlock.Broken(BlockHash hash, Rejection rejection) -> invalidate(hash, rejection, from);
            case PreparedBlock.Sound(CheckedBlock checked) ->
                forged.isPresent()
                        ? invalidate(checked.block().hash(), forged.get(), from)
                        : followed(checked.block().hash(), chain.accept(checked), Optional.of(from));
        };
    }

    /** Takes a block whose signatures are known to hold. */
    BlockOutcome accept(Block block, Optional<NodeKey> from) {
        return followed(block.hash(), chain.acceptBlock(block, clock.millis()), from);
    }

    private BlockOutcome followed(BlockHash block, BlockOutcome outcome, Optional<NodeKey> from) {
        if (chain.waitsForStateRoot()) {
            waitingFrom = from;
            if (!(outcome instanceof BlockOutcome.Rejected)) {
                from.ifPresent(giver -> remember(block, giver));
            }
        }
        switch (outcome) {
            case BlockOutcome.Connected(List<ChainChange> changes) -> follow(changes, from);
            case BlockOutcome.Rejected(Rejection rejection, List<ChainChange> changes) -> follow(changes, from);
            case BlockOutcome.Stored _, BlockOutcome.Known _ -> {}
        }
        blameForWaiting();
        return outcome;
    }

    private void remember(BlockHash block, NodeKey giver) {
        waitingBlocks.putIfAbsent(block, giver);
        if (waitingBlocks.size() > MAX_WAITING) {
            waitingBlocks.remove(waitingBlocks.keySet().iterator().next());
        }
    }

    /** Once the head waits no longer, what was taken meanwhile is connected, on another branch, or invalid. */
    private void blameForWaiting() {
        if (chain.waitsForStateRoot() || waitingBlocks.isEmpty()) {
            return;
        }
        Map<BlockHash, NodeKey> judged = new LinkedHashMap<>(waitingBlocks);
        waitingBlocks.clear();
        judged.forEach((block, giver) -> chain.rejectionOf(block)
                .filter(why -> why.reason().fault() == Fault.SENDER)
                .ifPresent(why -> follower.foundInvalid(giver, why)));
    }

    private BlockOutcome invalidate(BlockHash block, Rejection why, NodeKey from) {
        List<ChainChange> changes = chain.invalidate(block, why);
        follow(changes, Optional.of(from));
        return new BlockOutcome.Rejected(why, changes);
    }

    /** Goes on where opening the chain stopped, if the root that it waits for was computed before anybody listened. */
    void start() {
        if (chain.waitsForStateRoot()) {
            goOn();
        }
    }

    /** Goes on where the head had to wait. */
    void goOn() {
        List<ChainChange> changes = chain.advance();
        follow(changes, waitingFrom);
        if (changes.isEmpty() && !chain.waitsForStateRoot()) {
            follower.arrived();
        }
        blameForWaiting();
    }

    /** Walks to the end of a long way before anyone is told of a head: half-way it may have less work than before. */
    private void follow(List<ChainChange> changes, Optional<NodeKey> from) {
        List<ChainChange> steps = changes;
        while (!steps.isEmpty()) {
            steps.forEach(step -> follower.stepped(step, from));
            steps = chain.advance();
        }
        if (!changes.isEmpty() && !chain.waitsForStateRoot()) {
            follower.arrived();
        }
    }

    private static Rejection forged(Transaction transaction) {
        return new Rejection(
                RejectionReason.INVALID_TRANSACTION,
                "the signature of transaction " + transaction.id() + " does not hold for its sender");
    }
}
