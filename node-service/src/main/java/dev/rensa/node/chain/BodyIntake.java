package dev.rensa.node.chain;

import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.verdict.Rejection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes bodies of blocks whose headers are known, and follows the best branch with them. Owned by the writer thread. */
final class BodyIntake {
    private final HeaderTree headers;
    private final BlockBodies bodies;
    private final BodyRules rules;
    private final Ledger ledger;
    private final BestBranch bestBranch;
    private final ForkChoice forkChoice;

    BodyIntake(
            HeaderTree headers,
            BlockBodies bodies,
            BodyRules rules,
            Ledger ledger,
            BestBranch bestBranch,
            ForkChoice forkChoice) {
        this.headers = headers;
        this.bodies = bodies;
        this.rules = rules;
        this.ledger = ledger;
        this.bestBranch = bestBranch;
        this.forkChoice = forkChoice;
    }

    /** Takes a block that nobody looked into yet, but for its signatures. */
    BlockOutcome accept(Block block) {
        HeaderRecord record = headers.require(block.hash());
        if (record.hasBody()) {
            return new BlockOutcome.Known();
        }
        Optional<Rejection> mismatch = BodyRules.checkRoot(block);
        if (mismatch.isPresent()) {
            return new BlockOutcome.Rejected(mismatch.get(), List.of());
        }
        Optional<Rejection> broken = rules.check(block);
        if (broken.isPresent()) {
            return new BlockOutcome.Rejected(broken.get(), invalidate(record, broken.get()));
        }
        return store(record, new CheckedBlock(block, Records.encodeBody(block)));
    }

    /** Takes a block that was found to keep all rules that need no account. */
    BlockOutcome accept(CheckedBlock checked) {
        HeaderRecord record = headers.require(checked.block().hash());
        if (record.isInvalid()) {
            return new BlockOutcome.Rejected(forkChoice.rejectionOf(record.hash()), List.of());
        }
        return record.hasBody() ? new BlockOutcome.Known() : store(record, checked);
    }

    private BlockOutcome store(HeaderRecord record, CheckedBlock checked) {
        Block block = checked.block();
        storeBody(record, checked);
        ForkChoice.Outcome moved = forkChoice.advance();
        HeaderRecord judged = headers.require(block.hash());
        if (judged.isInvalid()) {
            return new BlockOutcome.Rejected(forkChoice.rejectionOf(block.hash()), moved.changes());
        }
        if (moved.refusal().isPresent() && !ledger.isCanonical(judged)) {
            return new BlockOutcome.Rejected(moved.refusal().get(), moved.changes());
        }
        return moved.changes().isEmpty() ? new BlockOutcome.Stored() : new BlockOutcome.Connected(moved.changes());
    }

    /** Marks a block and its descendants as invalid; answers how the canonical chain moved. */
    List<ChainChange> invalidate(HeaderRecord record, Rejection why) {
        forkChoice.invalidate(record, why);
        return forkChoice.advance().changes();
    }

    /** Stores a body; with it, bodies on top of it that came earlier may become complete. */
    private void storeBody(HeaderRecord record, CheckedBlock checked) {
        HeaderUpdate update = headers.update();
        update.batch().put(Column.BODIES, record.hash().toBytes(), checked.body());
        boolean complete = headers.parentOf(record).complete();
        HeaderRecord stored = record.with(BlockState.BODY_STORED, complete);
        update.replace(stored);
        List<HeaderRecord> completed = complete ? stageCompleted(stored, update) : List.of();
        headers.commit(update);
        bodies.remember(checked.block());
        bestBranch.skipStoredBodies();
        completed.forEach(forkChoice::offerComplete);
    }

    /** The block and those on top of it that become complete with it. */
    List<HeaderRecord> stageCompleted(HeaderRecord first, HeaderUpdate update) {
        List<HeaderRecord> completed = new ArrayList<>();
        completed.add(first);
        for (int i = 0; i < completed.size(); i++) {
            for (HeaderRecord child : headers.childrenOf(completed.get(i).hash())) {
                if (child.state() == BlockState.BODY_STORED) {
                    HeaderRecord completeChild = child.with(BlockState.BODY_STORED, true);
                    update.replace(completeChild);
                    completed.add(completeChild);
                }
            }
        }
        return completed;
    }
}
