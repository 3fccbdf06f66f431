package dev.rensa.node.chain;

import dev.rensa.protocol.block.BlockHeader;
import dev.rensa.protocol.crypto.BlockHash;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers that walk over more than one block. From any thread. */
final class ChainReader {
    /** Branches that part further below the head than this are history. */
    private static final int TIP_WINDOW = 1_000;

    private static final int MAX_TIPS = 100;

    private final HeaderTree headers;
    private final Ledger ledger;
    private final BestBranch bestBranch;

    ChainReader(HeaderTree headers, Ledger ledger, BestBranch bestBranch) {
        this.headers = headers;
        this.ledger = ledger;
        this.bestBranch = bestBranch;
    }

    List<BlockHeader> headersAfter(List<BlockHash> locator, int limit) {
        for (BlockHash hash : locator) {
            HeaderRecord start = headers.peek(hash);
            if (start != null && ledger.isCanonical(start)) {
                return canonicalAfter(start, limit);
            }
        }
        return List.of();
    }

    private List<BlockHeader> canonicalAfter(HeaderRecord start, int limit) {
        List<BlockHeader> found = new ArrayList<>();
        HeaderRecord last = start;
        while (found.size() < limit) {
            HeaderRecord next = canonicalAt(last.height() + 1);
            // A reorganisation meanwhile must not tear the answer: each header is the parent of the next.
            if (next == null || !next.parent().equals(last.hash())) {
                break;
            }
            found.add(next.header());
            last = next;
        }
        return found;
    }

    private @Nullable HeaderRecord canonicalAt(long height) {
        BlockHash hash = ledger.canonicalHash(height);
        return hash == null ? null : headers.peek(hash);
    }

    List<BranchTip> branchTips() {
        ChainHead head = ledger.head();
        List<BranchTip> others = new ArrayList<>();
        for (BlockHash hash : headers.tipHashes()) {
            HeaderRecord tip = headers.peek(hash);
            if (tip != null && !hash.equals(head.hash())) {
                long fork = forkHeight(tip, head.height() - TIP_WINDOW);
                if (fork >= 0) {
                    others.add(new BranchTip(tip.entry(), false, fork));
                }
            }
        }
        others.sort(Comparator.comparing((BranchTip tip) -> tip.tip().work())
                .reversed()
                .thenComparing(tip -> tip.tip().hash()));
        List<BranchTip> tips = new ArrayList<>();
        HeaderRecord canonical = headers.peek(head.hash());
        if (canonical != null) {
            tips.add(new BranchTip(canonical.entry(), true, head.height()));
        }
        tips.addAll(others.subList(0, Math.min(others.size(), MAX_TIPS - 1)));
        return tips;
    }

    /** Height of the last canonical block on a branch; −1 if it is below the lowest height asked for. */
    private long forkHeight(HeaderRecord tip, long lowest) {
        // While bodies lag far behind the headers, the best branch parts where they end: no need to walk there.
        HeaderRecord block = bestBranch.tip().hash().equals(tip.hash()) ? headOrTip(tip) : tip;
        while (block.height() >= Math.max(lowest, 0)) {
            if (ledger.isCanonical(block)) {
                return block.height();
            }
            HeaderRecord parent = headers.peek(block.parent());
            if (parent == null) {
                return -1;
            }
            block = parent;
        }
        return -1;
    }

    private HeaderRecord headOrTip(HeaderRecord tip) {
        HeaderRecord head = headers.peek(ledger.head().hash());
        return head != null && bestBranch.contains(head) ? head : tip;
    }
}
