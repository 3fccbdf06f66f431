package dev.rensa.node.sync;

import dev.rensa.node.chain.BlockEntry;
import dev.rensa.node.chain.BlockState;
import dev.rensa.node.chain.Chain;
import dev.rensa.node.chain.ChainHead;
import dev.rensa.protocol.crypto.BlockHash;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which bodies to fetch. Usually those of the best header's branch. But a header may be here whose body nobody has any
 * more, or nobody gives away; then the best branch that peers do have is fetched, so that the network still agrees.
 */
final class MissingBodies {

    /** How far behind the first missing body others are fetched. They are stored when they arrive, not held in memory. */
    static final int WINDOW = 512;

    /** Longest branch other than the best that is looked at. */
    static final int MAX_BRANCH = 20_000;

    private final Chain chain;

    MissingBodies(Chain chain) {
        this.chain = chain;
    }

    /**
     * Bodies to fetch, ascending by height.
     *
     * @param obtainable whether some peer may have a body
     */
    List<BlockEntry> find(Collection<SyncPeer> peers, Predicate<BlockEntry> obtainable) {
        List<BlockEntry> best = chain.missingBodies(WINDOW);
        if (best.isEmpty() || obtainable.test(best.getFirst())) {
            return best;
        }
        return peers.stream()
                .map(SyncPeer::tip)
                .distinct()
                .map(chain::find)
                .flatMap(Optional::stream)
                .filter(this::isBetterThanHead)
                .sorted(Comparator.comparing(BlockEntry::work).reversed().thenComparing(BlockEntry::hash))
                .map(this::missingBehind)
                .filter(branch -> !branch.isEmpty() && obtainable.test(branch.getFirst()))
                .findFirst()
                .orElse(List.of());
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
