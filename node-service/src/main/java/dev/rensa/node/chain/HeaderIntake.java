package dev.rensa.node.chain;

import dev.rensa.protocol.block.BlockHeader;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.verdict.RejectionReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes one list of headers into the tree, in one batch, if their work is worth the room: otherwise whoever makes cheap
 * headers could fill the disk. For one list and the writer thread.
 */
final class HeaderIntake {
    private final HeaderTree headers;
    private final HeaderRules rules;
    private final ForkChoice forkChoice;
    private final HeaderUpdate update;
    private final List<HeaderRecord> added = new ArrayList<>();
    private HeaderRecord last;
    private @Nullable HeaderRecord best;
    private int bestIndex;

    HeaderIntake(HeaderTree headers, HeaderRules rules, ForkChoice forkChoice, BestBranch bestBranch) {
        this.headers = headers;
        this.rules = rules;
        this.forkChoice = forkChoice;
        this.update = headers.update();
        this.last = bestBranch.tip();
    }

    /**
     * Judges headers and stores them.
     *
     * @param proven whether it was seen before that they lead to enough work
     */
    HeaderOutcome accept(List<BlockHeader> offered, boolean proven, long nowMillis) {
        Optional<HeaderOutcome> refused = judgeAll(offered, nowMillis);
        HeaderRecord tip = best;
        if (tip == null) {
            return refused.orElseGet(() -> new HeaderOutcome.Accepted(0, last.entry()));
        }
        HeaderRecord fork = update.require(added.getFirst().parent());
        if (!proven) {
            Optional<HeaderOutcome> unworthy = judgeWork(HeaderBranch.at(fork), tip);
            if (unworthy.isPresent()) {
                return refused.or(() -> unworthy).get();
            }
        }
        headers.commit(update);
        // The best of the new ones decides: its branch holds the others that matter.
        Optional<Rejection> tooDeep = forkChoice.offerHeader(tip);
        return refused.or(() -> tooDeep.map(why -> new HeaderOutcome.Rejected(bestIndex, why)))
                .orElseGet(() -> new HeaderOutcome.Accepted(added.size(), last.entry()));
    }

    /** Judges what follows a branch that is not stored, and stores nothing. */
    HeaderOutcome extend(HeaderBranch branch, List<BlockHeader> offered, long nowMillis) {
        branch.recent().forEach(update::foresee);
        Optional<HeaderOutcome> refused = judgeAll(offered, nowMillis);
        HeaderRecord tip = best;
        if (refused.isPresent() || tip == null || !added.getFirst().parent().equals(branch.tip())) {
            return refused.orElseGet(() -> new HeaderOutcome.Accepted(0, last.entry()));
        }
        return judgeWork(branch, tip).orElseGet(() -> new HeaderOutcome.Proven(branch.extendedBy(added)));
    }

    /** Says what speaks against storing the headers, as far as their work is concerned. */
    private Optional<HeaderOutcome> judgeWork(HeaderBranch below, HeaderRecord tip) {
        if (forkChoice.isTooDeep(below.forkRecord())) {
            // Refused before it is stored; but that it is refused is worth an alert only if it has more work.
            return Optional.of(
                    forkChoice.isBetterThanHead(tip)
                            ? new HeaderOutcome.Rejected(bestIndex, forkChoice.tooDeep())
                            : new HeaderOutcome.Unproven(below.extendedBy(added)));
        }
        return forkChoice.isWorthStoring(tip)
                ? Optional.empty()
                : Optional.of(new HeaderOutcome.Unproven(below.extendedBy(added)));
    }

    private Optional<HeaderOutcome> judgeAll(List<BlockHeader> offered, long nowMillis) {
        Optional<HeaderOutcome> refused = Optional.empty();
        for (int i = 0; i < offered.size() && refused.isEmpty(); i++) {
            int index = i;
            refused = judge(offered.get(i), i, nowMillis).map(why -> new HeaderOutcome.Rejected(index, why));
        }
        return refused;
    }

    private Optional<Rejection> judge(BlockHeader header, int index, long nowMillis) {
        BlockHash hash = header.hash();
        HeaderRecord known = update.find(hash);
        if (known != null) {
            last = known;
            return judgeKnown(known);
        }
        HeaderRecord parent = update.find(header.parent());
        if (parent == null) {
            return BodyRules.rejected(
                    RejectionReason.UNKNOWN_PARENT,
                    "the parent " + header.parent() + " of block " + hash + " is not known here");
        }
        if (parent.isInvalid()) {
            return BodyRules.rejected(
                    RejectionReason.INVALID_ANCESTOR, "block " + hash + " builds on an invalid block");
        }
        Optional<Rejection> broken = rules.check(header, hash, parent, nowMillis, update::require);
        if (broken.isEmpty()) {
            add(HeaderRecord.child(hash, header, parent), index);
        }
        return broken;
    }

    private Optional<Rejection> judgeKnown(HeaderRecord known) {
        if (known.isInvalid()) {
            return Optional.of(forkChoice.rejectionOf(known.hash()));
        }
        return forkChoice.isRefused(known.hash()) ? Optional.of(forkChoice.tooDeep()) : Optional.empty();
    }

    private void add(HeaderRecord record, int index) {
        update.add(record);
        added.add(record);
        last = record;
        if (best == null || record.isBetterThan(best)) {
            best = record;
            bestIndex = index;
        }
    }
}
