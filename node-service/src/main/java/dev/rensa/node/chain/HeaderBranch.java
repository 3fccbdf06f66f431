package dev.rensa.node.chain;

import dev.rensa.protocol.block.BlockHeader;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.work.Work;
import java.util.ArrayList;
import java.util.List;

/**
 * Valid headers that nobody stores yet, since they show too little work: only what judging the next ones takes is kept, some
 * kilobytes however long the branch is. Immutable.
 */
public final class HeaderBranch {
    /** Ten million headers in full messages: more than a century of blocks, and 160 kB. */
    static final int MAX_MILESTONES = 5_000;

    private final HeaderRecord fork;
    private final List<HeaderRecord> recent;
    private final List<BlockHash> milestones;

    private HeaderBranch(HeaderRecord fork, List<HeaderRecord> recent, List<BlockHash> milestones) {
        this.fork = fork;
        this.recent = recent;
        this.milestones = milestones;
    }

    /** A branch that parts from the header tree behind a block. */
    static HeaderBranch at(HeaderRecord fork) {
        return new HeaderBranch(fork, List.of(), List.of());
    }

    /** Whether headers go on where it ends, as far as the first one says. */
    public boolean isFollowedBy(List<BlockHeader> headers) {
        return headers.isEmpty() || headers.getFirst().parent().equals(tip());
    }

    /** The same with one more list of headers on top, each the child of the one before. */
    HeaderBranch extendedBy(List<HeaderRecord> added) {
        List<HeaderRecord> all = new ArrayList<>(recent);
        all.addAll(added);
        List<BlockHash> marks = new ArrayList<>(milestones);
        marks.add(added.getLast().hash());
        int kept = Math.min(all.size(), HeaderRules.MEDIAN_BLOCKS);
        return new HeaderBranch(fork, List.copyOf(all.subList(all.size() - kept, all.size())), List.copyOf(marks));
    }

    HeaderRecord forkRecord() {
        return fork;
    }

    /** The last headers, as many as judging the next one asks for. */
    List<HeaderRecord> recent() {
        return recent;
    }

    private HeaderRecord top() {
        return recent.isEmpty() ? fork : recent.getLast();
    }

    /** The last block of the header tree below it. */
    public BlockHash fork() {
        return fork.hash();
    }

    public BlockHash tip() {
        return top().hash();
    }

    /** Cumulative work of its tip. */
    public Work work() {
        return top().work();
    }

    /** The last header of each list that it grew by: whoever sends it again must pass here. */
    public List<BlockHash> milestones() {
        return milestones;
    }

    /** Whether it is so long that it is not followed any further. */
    public boolean isEndless() {
        return milestones.size() >= MAX_MILESTONES;
    }
}
