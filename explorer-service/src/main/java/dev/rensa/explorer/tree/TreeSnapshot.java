package dev.rensa.explorer.tree;

import dev.rensa.protocol.crypto.BlockHash;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The tree at one moment; immutable. */
public final class TreeSnapshot {

    private final List<TreeBlock> newestFirst;
    private final Map<BlockHash, TreeBlock> byHash = new HashMap<>();
    private final long lowestHeight;

    /**
     * A snapshot of the given blocks.
     *
     * @param lowestHeight where the window ends: what lies below was forgotten, not never there
     */
    public TreeSnapshot(List<TreeBlock> newestFirst, long lowestHeight) {
        this.newestFirst = List.copyOf(newestFirst);
        this.lowestHeight = lowestHeight;
        newestFirst.forEach(block -> byHash.put(block.hash(), block));
    }

    /** Every block, by height from the highest down, at one height by hash. */
    public List<TreeBlock> blocks() {
        return newestFirst;
    }

    public long lowestHeight() {
        return lowestHeight;
    }

    public Optional<TreeBlock> block(BlockHash hash) {
        return Optional.ofNullable(byHash.get(hash));
    }

    /** A block and those below it as far as the tree knows them, hash by hash; empty if it does not know the block. */
    public Set<BlockHash> branch(BlockHash tip) {
        Set<BlockHash> branch = new HashSet<>();
        TreeBlock block = byHash.get(tip);
        while (block != null && branch.add(block.hash())) {
            block = byHash.get(block.parent());
        }
        return branch;
    }

    /** The highest block that two branches share, as far as the tree knows them. */
    public Optional<TreeBlock> lastCommon(BlockHash one, BlockHash other) {
        return lastCommon(branch(one), other);
    }

    /** The same for a branch whose blocks are known already: of fifty nodes most are compared with one. */
    Optional<TreeBlock> lastCommon(Set<BlockHash> branch, BlockHash other) {
        TreeBlock block = byHash.get(other);
        while (block != null && !branch.contains(block.hash())) {
            block = byHash.get(block.parent());
        }
        return Optional.ofNullable(block);
    }
}
