package dev.rensa.node.chain;

import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.verdict.RejectionReason;
import dev.rensa.protocol.work.Work;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Chooses the branch to follow and moves the ledger there: most cumulative work, at equal work the lower hash, among the
 * branches whose bodies are here, that break no rule and that part from the canonical chain not too deep. Owned by the
 * writer thread.
 */
final class ForkChoice {
    /** Blocks on refused branches that are remembered; one that is forgotten is judged again, to the same end. */
    private static final int MAX_REFUSED = 4_096;

    /** Blocks of today's work by which a branch may be behind our head for its headers to be stored. */
    static final int LOW_WORK_BLOCKS = 144;

    /** Further than this behind the best header, not every move of the head waits for the disk. */
    private static final int FAR_BLOCKS = 64;

    /** What a loss of power may take while catching up: a second or two of work. */
    private static final int MAX_UNSYNCED_BLOCKS = 1_024;

    private static final long MAX_UNSYNCED_BYTES = 16L << 20;

    private final ChainStorage storage;
    private final HeaderTree headers;
    private final BlockBodies bodies;
    private final Ledger ledger;
    private final BestBranch bestBranch;
    private final StateImport imports;
    private final int maxReorganisationDepth;

    /** Blocks that lie on a branch which parts from the canonical chain too deep; oldest first. */
    private final Set<BlockHash> refused = new LinkedHashSet<>();

    /** Most work of a branch that was refused because it parts below the base. */
    private volatile Work mostRefusedBelowBase = Work.ZERO;

    private long unsyncedBlocks;
    private long unsyncedBytes;

    /** Best block whose whole branch is here: where the head should be. */
    private HeaderRecord bestComplete;

    /** Whether the head stopped below a block whose state root is still being computed. */
    private boolean waitsForRoot;

    ForkChoice(
            ChainStorage storage,
            HeaderTree headers,
            BlockBodies bodies,
            Ledger ledger,
            BestBranch bestBranch,
            StateImport imports,
            int maxReorganisationDepth) {
        this.storage = storage;
        this.headers = headers;
        this.bodies = bodies;
        this.ledger = ledger;
        this.bestBranch = bestBranch;
        this.imports = imports;
        this.maxReorganisationDepth = maxReorganisationDepth;
        this.bestComplete = headers.require(ledger.head().hash());
        chooseAgain();
    }

    /** How the head moved, and whether a better branch was refused on the way. */
    record Outcome(List<ChainChange> changes, Optional<Rejection> refusal) {}

    /** Looks at a new valid header: it may be the tip of a better branch. */
    Optional<Rejection> offerHeader(HeaderRecord record) {
        HeaderRecord best = bestBranch.tip();
        if (!record.isBetterThan(best)) {
            return Optional.empty();
        }
        if (!bestBranch.isExtendedBy(record) && !isAdmissible(record)) {
            return Optional.of(refuse(record));
        }
        bestBranch.moveTo(record);
        return Optional.empty();
    }

    /** Looks at a block that has become complete. */
    void offerComplete(HeaderRecord record) {
        if (record.isBetterThan(bestComplete)) {
            bestComplete = record;
        }
    }

    /**
     * Whether a header is worth its room on disk: a branch must come near the work of our head before its headers are
     * stored. What is valid here counts, not what headers promise, else who keeps bodies back could keep others out.
     */
    boolean isWorthStoring(HeaderRecord record) {
        Work head = ledger.head().work();
        Work slack = Work.ofTarget(ledger.head().header().target());
        return record.work()
                        .value()
                        .add(slack.value().multiply(BigInteger.valueOf(LOW_WORK_BLOCKS)))
                        .compareTo(head.value())
                >= 0;
    }

    /** Whether what builds on this block parts from the canonical chain deeper than this node reorganises. */
    boolean isTooDeep(HeaderRecord fork) {
        return fork.height() < ledger.lowestReachable();
    }

    boolean isBetterThanHead(HeaderRecord record) {
        return record.isBetterThan(ledger.head().hash(), ledger.head().work());
    }

    boolean isRefused(BlockHash hash) {
        return refused.contains(hash);
    }

    /** Moves the head towards the best branch as far as one call may; call again until nothing changes any more. */
    Outcome advance() {
        ChangeRecorder recorder = new ChangeRecorder(ledger.head());
        if (imports.isUnderWay() || bestBranch.isHeld()) {
            return new Outcome(List.of(), Optional.empty());
        }
        Optional<Rejection> refusal = Optional.empty();
        waitsForRoot = false;
        while (!recorder.isFull() && headers.require(ledger.head().hash()).isInvalid()) {
            disconnectHead(recorder);
        }
        while (!recorder.isFull()
                && !waitsForRoot
                && bestComplete.isBetterThan(ledger.head().hash(), ledger.head().work())) {
            if (isAdmissible(bestComplete)) {
                moveTowards(bestComplete, recorder);
            } else {
                refusal = Optional.of(refuse(bestComplete));
                chooseAgain();
            }
        }
        List<ChainChange> changes = recorder.finish();
        if (!changes.isEmpty()) {
            sync(changes);
        }
        return new Outcome(changes, refusal);
    }

    /**
     * Near the best header every move outlasts a loss of power. Far behind it, what a loss of power takes is fetched again
     * anyway, so the disk is waited for now and then.
     */
    private void sync(List<ChainChange> changes) {
        for (ChainChange change : changes) {
            change.connected().forEach(block -> unsyncedBytes += block.size());
            unsyncedBlocks += change.connected().size() + change.disconnected().size();
        }
        boolean far = bestBranch.tip().height() - ledger.head().height() > FAR_BLOCKS;
        if (!far || unsyncedBlocks >= MAX_UNSYNCED_BLOCKS || unsyncedBytes >= MAX_UNSYNCED_BYTES) {
            storage.sync();
            unsyncedBlocks = 0;
            unsyncedBytes = 0;
        }
    }

    private void moveTowards(HeaderRecord target, ChangeRecorder recorder) {
        Deque<BlockHash> path = new ArrayDeque<>();
        HeaderRecord fork = target;
        while (!ledger.isCanonical(fork)) {
            path.push(fork.hash());
            fork = headers.parentOf(fork);
        }
        while (!ledger.head().hash().equals(fork.hash())) {
            if (recorder.isFull()) {
                return;
            }
            disconnectHead(recorder);
        }
        for (BlockHash hash : path) {
            if (recorder.isFull()) {
                return;
            }
            if (ledger.nextStateRoot().isEmpty()) {
                waitsForRoot = true;
                return;
            }
            HeaderRecord record = headers.require(hash);
            Block block = bodies.require(record);
            Optional<Rejection> rejection = ledger.connect(record, block);
            if (rejection.isPresent()) {
                invalidate(record, rejection.get());
                return;
            }
            recorder.connected(block, ledger.head());
        }
    }

    /** The head was put elsewhere. */
    void restart() {
        chooseAgain();
    }

    /** Whether the head is on its way and stopped until a state root is computed: then {@link #advance} goes on. */
    boolean waitsForRoot() {
        return waitsForRoot;
    }

    /**
     * Takes the head back to the last checkpoint height if a kill kept the root behind it from being stored, so that it is
     * computed from the accounts as they stood there. {@link #advance} leads to where the head was.
     */
    void returnToMissingRoot() {
        while (ledger.lacksStateRoot() && !ledger.isAtCheckpoint()) {
            ledger.disconnect(bodies.require(headers.require(ledger.head().hash())));
        }
        ledger.requestStateRoot();
    }

    private void disconnectHead(ChangeRecorder recorder) {
        Block block = bodies.require(headers.require(ledger.head().hash()));
        ledger.disconnect(block);
        recorder.disconnected(block, ledger.head());
    }

    /** Marks a block and its descendants as invalid, and chooses among what is left. The head moves at the next advance. */
    void invalidate(HeaderRecord record, Rejection why) {
        HeaderUpdate update = headers.invalidate(record);
        update.batch().put(Column.REJECTIONS, record.hash().toBytes(), Records.encode(why));
        headers.commit(update);
        chooseAgain();
    }

    /** Why a block is invalid. */
    Rejection rejectionOf(BlockHash hash) {
        byte[] stored = storage.get(Column.REJECTIONS, hash.toBytes());
        return stored == null
                ? new Rejection(RejectionReason.INVALID_ANCESTOR, "block " + hash + " builds on an invalid block")
                : Records.decodeRejection(stored);
    }

    /** Finds best header and best complete block among the tips, when the ones before are out of the question. */
    private void chooseAgain() {
        HeaderRecord canonical = headers.require(ledger.head().hash());
        while (canonical.isInvalid()) {
            canonical = headers.parentOf(canonical);
        }
        HeaderRecord best = canonical;
        HeaderRecord complete = canonical;
        for (HeaderRecord tip : List.copyOf(headers.tips())) {
            if (!tip.isBetterThan(canonical) || !isAdmissible(tip)) {
                continue;
            }
            best = tip.isBetterThan(best) ? tip : best;
            HeaderRecord block = bestBranch.lastPossiblyComplete(tip);
            while (!block.complete()) {
                block = headers.parentOf(block);
            }
            complete = block.isBetterThan(complete) ? block : complete;
        }
        bestComplete = complete;
        if (!best.hash().equals(bestBranch.tip().hash())) {
            bestBranch.moveTo(best);
        }
    }

    /**
     * Whether the branch parts from the canonical chain within the depth that this node reorganises. What was refused
     * once is refused at once, and the best branch, which may be far ahead, is not walked: its heights are indexed.
     */
    private boolean isAdmissible(HeaderRecord record) {
        long lowest = ledger.lowestReachable();
        HeaderRecord block = record;
        while (block.height() > 0 && !ledger.isCanonical(block)) {
            if (bestBranch.contains(block) && bestBranch.forkHeight(ledger) >= lowest) {
                return true;
            }
            if (block.height() <= lowest || refused.contains(block.hash())) {
                remember(record.hash());
                return false;
            }
            block = headers.parentOf(block);
        }
        return block.height() >= lowest;
    }

    private void remember(BlockHash hash) {
        refused.add(hash);
        if (refused.size() > MAX_REFUSED) {
            refused.remove(refused.iterator().next());
        }
    }

    Rejection tooLittleWork() {
        return new Rejection(
                RejectionReason.REORGANISATION_TOO_DEEP,
                "the block's branch has the work of more than " + LOW_WORK_BLOCKS
                        + " blocks less than this node's head");
    }

    /** Refuses the tip of a branch with more work than the head's, which parts too deep. */
    Rejection refuse(HeaderRecord tip) {
        if (isLimitedByBase() && tip.work().compareTo(mostRefusedBelowBase) > 0) {
            mostRefusedBelowBase = tip.work();
        }
        return tooDeep();
    }

    /** Whether a branch that was refused because it parts below the base has more work than the head's. From any thread. */
    boolean isBaseDoubted() {
        return mostRefusedBelowBase.compareTo(ledger.head().work()) > 0;
    }

    private boolean isLimitedByBase() {
        return ledger.head().height() - maxReorganisationDepth < ledger.baseHeight();
    }

    Rejection tooDeep() {
        if (isLimitedByBase()) {
            return new Rejection(
                    RejectionReason.REORGANISATION_TOO_DEEP,
                    "a branch with more work parts from the canonical chain below height " + ledger.baseHeight()
                            + ", this node's snapshot base, and is not followed; if it is right, empty the data directory and"
                            + " join again");
        }
        return new Rejection(
                RejectionReason.REORGANISATION_TOO_DEEP,
                "a branch with more work parts from the canonical chain more than " + maxReorganisationDepth
                        + " blocks below its head; it is not followed unless max-reorg-depth is raised");
    }
}
