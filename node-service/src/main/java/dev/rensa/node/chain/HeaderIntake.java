package dev.rensa.node.chain;

import dev.rensa.protocol.block.BlockHeader;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.verdict.RejectionReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes one list of headers into the tree, in one batch, if their work is worth the room: otherwise whoever makes cheap
 * headers could fill the disk. The work of the last one speaks for all, and the last ones are what judging the next asks
 * for, so a list must be one branch. For one list and the writer thread.
 */
final class HeaderIntake {
    private final HeaderTree headers;
    private final HeaderRules rules;
    private final ForkChoice forkChoice;
    private final HeaderUpdate update;
    private final List<HeaderRecord> added = new ArrayList<>();
    private HeaderRecord last;

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
        if (added.isEmpty()) {
            return refused.orElseGet(() -> new HeaderOutcome.Accepted(0, last.entry()));
        }
        HeaderRecord fork = update.require(added.getFirst().parent());
        if (!proven) {
            Optional<HeaderOutcome> unworthy = judgeWork(HeaderBranch.at(fork), offered);
            if (unworthy.isPresent()) {
                return refused.or(() -> unworthy).get();
            }
        }
        headers.commit(update);
        Optional<Rejection> tooDeep = forkChoice.offerHeader(added.getLast());
        return refused.or(() -> tooDeep.map(why -> rejected(offered, why)))
                .orElseGet(() -> new HeaderOutcome.Accepted(added.size(), last.entry()));
    }

    /** Judges what follows a branch that is not stored, and stores nothing. */
    HeaderOutcome extend(HeaderBranch branch, List<BlockHeader> offered, long nowMillis) {
        if (!branch.isFollowedBy(offered)) {
            return new HeaderOutcome.Rejected(
                    0,
                    new Rejection(
                            RejectionReason.UNKNOWN_PARENT,
                            "the headers do not go on where the branch ends, at block " + branch.tip()));
        }
        branch.recent().forEach(update::foresee);
        Optional<HeaderOutcome> refused = judgeAll(offered, nowMillis);
        // Some may have been stored meanwhile, given by somebody else.
        if (refused.isPresent() || added.isEmpty() || added.size() < offered.size()) {
            return refused.orElseGet(() -> new HeaderOutcome.Accepted(0, last.entry()));
        }
        return judgeWork(branch, offered).orElseGet(() -> new HeaderOutcome.Proven(branch.extendedBy(added)));
    }

    /** Says what speaks against storing the headers, as far as their work is concerned. */
    private Optional<HeaderOutcome> judgeWork(HeaderBranch below, List<BlockHeader> offered) {
        HeaderRecord tip = added.getLast();
        if (forkChoice.isTooDeep(below.forkRecord())) {
            // Refused before it is stored; but that it is refused is worth an alert only if it has more work.
            return Optional.of(
                    forkChoice.isBetterThanHead(tip)
                            ? rejected(offered, forkChoice.refuse(tip))
                            : new HeaderOutcome.Unproven(below.extendedBy(added)));
        }
        return forkChoice.isWorthStoring(tip)
                ? Optional.empty()
                : Optional.of(new HeaderOutcome.Unproven(below.extendedBy(added)));
    }

    /** Says that the last header that was added is refused. */
    private HeaderOutcome rejected(List<BlockHeader> offered, Rejection why) {
        return new HeaderOutcome.Rejected(offered.indexOf(added.getLast().header()), why);
    }

    private Optional<HeaderOutcome> judgeAll(List<BlockHeader> offered, long nowMillis) {
        List<BlockHash> hashes = offered.stream().map(BlockHeader::hash).toList();
        for (int i = 1; i < offered.size(); i++) {
            if (!offered.get(i).parent().equals(hashes.get(i - 1))) {
                return Optional.of(new HeaderOutcome.Rejected(i, unlinked(hashes.get(i), hashes.get(i - 1))));
            }
        }
        Optional<HeaderOutcome> refused = Optional.empty();
        for (int i = 0; i < offered.size() && refused.isEmpty(); i++) {
            int index = i;
            refused =
                    judge(offered.get(i), hashes.get(i), nowMillis).map(why -> new HeaderOutcome.Rejected(index, why));
        }
        return refused;
    }

    /** P-17 of docs/protocol-peers.md: headers of one answer follow one another. */
    private static Rejection unlinked(BlockHash hash, BlockHash before) {
        return new Rejection(
                RejectionReason.MALFORMED, "header " + hash + " is not the child of " + before + ", the one before it");
    }

    private Optional<Rejection> judge(BlockHeader header, BlockHash hash, long nowMillis) {
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
            last = HeaderRecord.child(hash, header, parent);
            update.add(last);
            added.add(last);
        }
        return broken;
    }

    private Optional<Rejection> judgeKnown(HeaderRecord known) {
        if (known.isInvalid()) {
            return Optional.of(forkChoice.rejectionOf(known.hash()));
        }
        return forkChoice.isRefused(known.hash()) ? Optional.of(forkChoice.tooDeep()) : Optional.empty();
    }
}
