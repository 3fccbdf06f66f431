package dev.rensa.node.core;

import dev.rensa.node.chain.BlockOutcome;
import dev.rensa.node.chain.Chain;
import dev.rensa.node.chain.ChainChange;
import dev.rensa.node.chain.SignatureChecks;
import dev.rensa.node.mempool.Mempool;
import dev.rensa.node.peer.NodeKey;
import dev.rensa.node.sync.BlockIntake;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.verdict.RejectionReason;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The way of a block into the chain: signatures away from the writer thread, then judgement, then everyone hears. */
final class BlockPipeline implements BlockIntake {

    private final Chain chain;
    private final Mempool mempool;
    private final SignatureChecks checks;
    private final InstantSource clock;
    private final ChangeFollower follower;

    /** Hears how the canonical chain moves. */
    interface ChangeFollower {

        /** One step of possibly many. */
        void stepped(ChainChange change, Optional<NodeKey> from);

        /** The head is where it should be. */
        void arrived();
    }

    BlockPipeline(Chain chain, Mempool mempool, SignatureChecks checks, InstantSource clock, ChangeFollower follower) {
        this.chain = chain;
        this.mempool = mempool;
        this.checks = checks;
        this.clock = clock;
        this.follower = follower;
    }

    @Override
    public void offer(Block block, NodeKey from, Consumer<BlockOutcome> whenDone) {
        // A transaction's id covers its signature, so what waits in the mempool was checked to the last bit.
        List<Transaction> unchecked = block.transactions().stream()
                .filter(transaction -> !mempool.contains(transaction.id()))
                .toList();
        if (unchecked.isEmpty()) {
            whenDone.accept(accept(block, Optional.of(from)));
        } else {
            checks.check(unchecked, valid -> whenDone.accept(judge(block, from, unchecked, valid)));
        }
    }

    /** Takes a block whose signatures are known to hold. */
    BlockOutcome accept(Block block, Optional<NodeKey> from) {
        BlockOutcome outcome = chain.acceptBlock(block, clock.millis());
        switch (outcome) {
            case BlockOutcome.Connected(List<ChainChange> changes) -> follow(changes, from);
            case BlockOutcome.Rejected(Rejection rejection, List<ChainChange> changes) -> follow(changes, from);
            case BlockOutcome.Stored _, BlockOutcome.Known _ -> {}
        }
        return outcome;
    }

    /** Walks to the end of a long way before anyone is told of a head: half-way it may have less work than before. */
    private void follow(List<ChainChange> changes, Optional<NodeKey> from) {
        List<ChainChange> steps = changes;
        while (!steps.isEmpty()) {
            steps.forEach(step -> follower.stepped(step, from));
            steps = chain.advance();
        }
        if (!changes.isEmpty()) {
            follower.arrived();
        }
    }

    private BlockOutcome judge(Block block, NodeKey from, List<Transaction> unchecked, boolean[] valid) {
        for (int i = 0; i < valid.length; i++) {
            if (!valid[i]) {
                Rejection why = new Rejection(
                        RejectionReason.INVALID_TRANSACTION,
                        "the signature of transaction " + unchecked.get(i).id() + " does not hold for its sender");
                List<ChainChange> changes = chain.invalidate(block.hash(), why);
                follow(changes, Optional.of(from));
                return new BlockOutcome.Rejected(why, changes);
            }
        }
        return accept(block, Optional.of(from));
    }
}
