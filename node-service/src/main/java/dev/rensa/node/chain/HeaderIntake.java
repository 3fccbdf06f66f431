package dev.rensa.node.chain;

import dev.rensa.protocol.block.BlockHeader;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.verdict.RejectionReason;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes one list of headers into the tree, in one batch. For one list and the writer thread. */
final class HeaderIntake {
    private final HeaderTree headers;
    private final HeaderRules rules;
    private final ForkChoice forkChoice;
    private final HeaderUpdate update;
    private HeaderRecord last;
    private @Nullable HeaderRecord best;
    private int bestIndex;
    private int added;

    HeaderIntake(HeaderTree headers, HeaderRules rules, ForkChoice forkChoice, BestBranch bestBranch) {
        this.headers = headers;
        this.rules = rules;
        this.forkChoice = forkChoice;
        this.update = headers.update();
        this.last = bestBranch.tip();
    }

    HeaderOutcome accept(List<BlockHeader> offered, long nowMillis) {
        Optional<HeaderOutcome> refused = Optional.empty();
        for (int i = 0; i < offered.size() && refused.isEmpty(); i++) {
            int index = i;
            refused = judge(offered.get(i), i, nowMillis).map(why -> new HeaderOutcome.Rejected(index, why));
        }
        if (!update.isEmpty()) {
            headers.commit(update);
        }
        // The best of the new ones decides: its branch holds the others that matter.
        Optional<Rejection> tooDeep = best == null ? Optional.empty() : forkChoice.offerHeader(best);
        return refused.or(() -> tooDeep.map(why -> new HeaderOutcome.Rejected(bestIndex, why)))
                .orElseGet(() -> new HeaderOutcome.Accepted(added, last.entry()));
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
        last = record;
        added++;
        if (best == null || record.isBetterThan(best)) {
            best = record;
            bestIndex = index;
        }
    }
}
