package dev.rensa.node.sync;

import dev.rensa.node.chain.BlockEntry;
import dev.rensa.node.chain.BlockState;
import dev.rensa.node.chain.Chain;
import dev.rensa.node.chain.ChainHead;
import dev.rensa.node.chain.ChainView.MissingRange;
import dev.rensa.protocol.crypto.BlockHash;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which bodies to ask for next, lowest first. Usually those of the best header's branch, each height of which is looked at
 * once. But a header may be here whose body nobody has any more, or nobody gives away; then the best branch that peers do
 * have is fetched, so that the network still agrees. Writer thread only.
 */
final class FetchWindow {

    /** How far behind the first missing body others are fetched. They are stored when they arrive, not held in memory. */
    static final int WINDOW = 2_048;

    /** Heights that are worth a look into the store of their own. */
    private static final int STEP = 64;

    /** Longest branch other than the best that is looked at. */
    static final int MAX_BRANCH = 20_000;

    /** Pause before the branches of peers are looked at again: it means walking them. */
    static final long BRANCH_PAUSE_MILLIS = 250;

    /** Stands for another branch than the best header's. */
    private static final long NO_BRANCH = -1;

    private final Chain chain;
    private final InstantSource clock;

    /** What was neither asked for nor is here, by height; two branches may miss a body at the same height. */
    private final NavigableSet<BlockEntry> unasked = new TreeSet<>(
            Comparator.comparingLong((BlockEntry entry) -> entry.header().height())
                    .thenComparing(BlockEntry::hash));

    /** The tip of the branch that is followed, null for that of the best header. */
    private @Nullable BlockHash otherTip;

    private long scannedTo;
    private long branch = NO_BRANCH;
    private long branchesNotBeforeMillis;

    FetchWindow(Chain chain, InstantSource clock) {
        this.chain = chain;
        this.clock = clock;
    }

    /** What to ask for, ascending; whoever asks for one takes it away. */
    Collection<BlockEntry> unasked() {
        return unasked;
    }

    /** The lowest body that is missing on the branch that is followed; empty when all are here. */
    Optional<BlockEntry> lowest() {
        MissingRange range = chain.missing();
        return chain.missingBodies(range.first(), range.first()).stream().findFirst();
    }

    /** A body that was asked for will not come, or was wrong. */
    void giveBack(BlockHash hash) {
        chain.find(hash)
                .filter(entry -> entry.state() == BlockState.HEADER_ONLY)
                .ifPresent(unasked::add);
    }

    /**
     * Looks what there is to ask for.
     *
     * @param obtainable whether some peer may have a body
     * @param underWay whether a body was asked for or is being checked
     */
    void refresh(Collection<SyncPeer> peers, Predicate<BlockEntry> obtainable, Predicate<BlockHash> underWay) {
        MissingRange range = chain.missing();
        Optional<BlockEntry> lowest = lowest();
        if (lowest.isEmpty() || obtainable.test(lowest.get())) {
            if (branch != range.branch()) {
                restart(range);
            }
            extend(range, underWay);
        } else if (clock.millis() >= branchesNotBeforeMillis && !isFollowable(obtainable)) {
            branchesNotBeforeMillis = clock.millis() + BRANCH_PAUSE_MILLIS;
            followOther(peers, obtainable, underWay);
        }
    }

    private boolean isFollowable(Predicate<BlockEntry> obtainable) {
        return otherTip != null && !unasked.isEmpty() && obtainable.test(unasked.first());
    }

    private void restart(MissingRange range) {
        unasked.clear();
        otherTip = null;
        branch = range.branch();
        scannedTo = range.first() - 1;
    }

    private void extend(MissingRange range, Predicate<BlockHash> underWay) {
        scannedTo = Math.max(scannedTo, range.first() - 1);
        while (!unasked.isEmpty() && unasked.first().header().height() < range.first()) {
            unasked.pollFirst();
        }
        long end = Math.min(range.last(), range.first() + WINDOW - 1);
        if (scannedTo < end && (unasked.isEmpty() || end - scannedTo >= STEP || end == range.last())) {
            for (BlockEntry entry : chain.missingBodies(scannedTo + 1, end)) {
                if (!underWay.test(entry.hash())) {
                    unasked.add(entry);
                }
            }
            scannedTo = end;
        }
    }

    private void followOther(
            Collection<SyncPeer> peers, Predicate<BlockEntry> obtainable, Predicate<BlockHash> underWay) {
        unasked.clear();
        otherTip = null;
        branch = NO_BRANCH;
        List<BlockEntry> tips = peers.stream()
                .map(SyncPeer::tip)
                .distinct()
                .map(chain::find)
                .flatMap(Optional::stream)
                .filter(this::isBetterThanHead)
                .sorted(Comparator.comparing(BlockEntry::work).reversed().thenComparing(BlockEntry::hash))
                .toList();
        for (BlockEntry tip : tips) {
            List<BlockEntry> missing = missingBehind(tip);
            if (!missing.isEmpty() && obtainable.test(missing.getFirst())) {
                otherTip = tip.hash();
                missing.stream().filter(entry -> !underWay.test(entry.hash())).forEach(unasked::add);
                return;
            }
        }
    }

    private boolean isBetterThanHead(BlockEntry entry) {
        ChainHead head = chain.head();
        int order = entry.work().compareTo(head.work());
        return entry.state() != BlockState.INVALID
                && (order > 0 || (order == 0 && entry.hash().compareTo(head.hash()) < 0));
    }

    private List<BlockEntry> missingBehind(BlockEntry tip) {
        List<BlockEntry> missing = new ArrayList<>();
        Optional<BlockEntry> next = Optional.of(tip);
        for (int steps = 0; steps < MAX_BRANCH && next.isPresent(); steps++) {
            BlockEntry entry = next.get();
            if (entry.state() == BlockState.CONNECTED) {
                List<BlockEntry> ascending = missing.reversed();
                return ascending.subList(0, Math.min(WINDOW, ascending.size()));
            }
            if (entry.state() == BlockState.HEADER_ONLY) {
                missing.add(entry);
            }
            BlockHash parent = entry.header().parent();
            next = chain.find(parent);
        }
        return List.of();
    }
}
