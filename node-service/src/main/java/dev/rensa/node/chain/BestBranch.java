package dev.rensa.node.chain;

import dev.rensa.protocol.crypto.BlockHash;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The branch of headers with the most work, indexed by height from block 0 to its tip, whether bodies are here or not. It
 * says what to ask peers for, in steps that do not depend on how far the bodies lag behind.
 *
 * <p>The writer thread moves it; any thread reads.
 */
final class BestBranch {
    static final byte[] TIP_KEY = {'b', 'e', 's', 't'};

    /** Hashes of a locator at most, and how many of them lie densely. */
    private static final int MAX_LOCATOR = 64;

    private static final int DENSE_LOCATOR = 10;

    private final ChainStorage storage;
    private final HeaderTree headers;
    private volatile HeaderRecord tip;

    /** Every block of the branch below this height has its body here. */
    private volatile long firstMissing;

    /** Counts the moves to branches that do not contain the one before. Only the writer thread sets it. */
    private volatile long turns;

    /** Set by the writer thread. */
    private volatile boolean held;

    /** Takes tip and head as stored: up to where they part, every body is here. */
    BestBranch(ChainStorage storage, HeaderTree headers, HeaderRecord tip, HeaderRecord head) {
        this.storage = storage;
        this.headers = headers;
        this.tip = tip;
        HeaderRecord shared = head;
        while (!contains(shared)) {
            shared = headers.parentOf(shared);
        }
        this.firstMissing = shared.height() + 1;
        skipStoredBodies();
    }

    HeaderRecord tip() {
        return tip;
    }

    boolean contains(HeaderRecord record) {
        return record.height() <= tip.height() && record.hash().equals(hashAt(record.height()));
    }

    /** Height of the last block that this branch and the canonical chain share. */
    long forkHeight(Ledger ledger) {
        long shared = 0;
        long above = Math.min(tip.height(), ledger.head().height()) + 1;
        // Below a shared block all are shared, so halving finds the last one.
        while (above - shared > 1) {
            long middle = (shared + above) >>> 1;
            BlockHash hash = hashAt(middle);
            if (hash != null && hash.equals(ledger.canonicalHash(middle))) {
                shared = middle;
            } else {
                above = middle;
            }
        }
        return shared;
    }

    /** A block of the tip's branch with no complete one above it: on this branch nothing is complete above a gap. */
    HeaderRecord lastPossiblyComplete(HeaderRecord branchTip) {
        return branchTip.height() >= firstMissing && contains(branchTip) ? requireAt(firstMissing - 1) : branchTip;
    }

    /** Whether the branch up to this header includes the whole present one. */
    boolean isExtendedBy(HeaderRecord record) {
        HeaderRecord ancestor = record;
        while (ancestor.height() > tip.height()) {
            ancestor = headers.parentOf(ancestor);
        }
        return ancestor.hash().equals(tip.hash());
    }

    void moveTo(HeaderRecord target) {
        StorageBatch batch = new StorageBatch();
        HeaderRecord block = target;
        while (!contains(block)) {
            batch.put(
                    Column.BEST_HEADERS,
                    Records.height(block.height()),
                    block.hash().toBytes());
            block = headers.parentOf(block);
        }
        batch.put(Column.META, TIP_KEY, target.hash().toBytes());
        storage.commit(batch);
        if (!block.hash().equals(tip.hash())) {
            countTurn();
        }
        firstMissing = Math.min(firstMissing, block.height() + 1);
        tip = target;
        skipStoredBodies();
    }

    /** Only the writer thread counts; it is volatile for those who read it. */
    @SuppressWarnings("NonAtomicVolatileUpdate")
    private void countTurn() {
        turns++;
    }

    /** To be called when a body was stored. */
    void skipStoredBodies() {
        long height = firstMissing;
        while (height <= tip.height() && requireAt(height).hasBody()) {
            height++;
        }
        firstMissing = height;
    }

    /** Everything up to this block of the branch needs no body any more. */
    void restartAt(HeaderRecord base) {
        firstMissing = base.height() + 1;
        countTurn();
        skipStoredBodies();
    }

    /** While bodies are held, none is missing. */
    void holdBodies(boolean hold) {
        held = hold;
        countTurn();
    }

    boolean isHeld() {
        return held;
    }

    /** Changes whenever the branch is left for one that does not contain it, and never returns to what it was. */
    long turns() {
        return turns;
    }

    ChainView.MissingRange missing() {
        if (held) {
            return new ChainView.MissingRange(tip.height() + 1, tip.height(), turns);
        }
        return new ChainView.MissingRange(firstMissing, tip.height(), turns);
    }

    List<BlockEntry> missingBodies(long from, long to) {
        List<BlockEntry> missing = new ArrayList<>();
        long end = Math.min(tip.height(), to);
        for (long height = Math.max(from, firstMissing); height <= end; height++) {
            BlockHash hash = hashAt(height);
            HeaderRecord record = hash == null ? null : headers.peek(hash);
            if (record != null && record.state() == BlockState.HEADER_ONLY) {
                missing.add(record.entry());
            }
        }
        return missing;
    }

    List<BlockHash> locator() {
        List<BlockHash> locator = new ArrayList<>(MAX_LOCATOR);
        long step = 1;
        for (long height = tip.height(); height > 0 && locator.size() < MAX_LOCATOR - 1; height -= step) {
            addAt(height, locator);
            if (locator.size() >= DENSE_LOCATOR) {
                step *= 2;
            }
        }
        addAt(0, locator);
        return locator;
    }

    private void addAt(long height, List<BlockHash> locator) {
        BlockHash hash = hashAt(height);
        if (hash != null) {
            locator.add(hash);
        }
    }

    private HeaderRecord requireAt(long height) {
        BlockHash hash = hashAt(height);
        if (hash == null) {
            throw new StorageException("the store is damaged: the best branch has no block at height " + height);
        }
        return headers.require(hash);
    }

    @Nullable
    BlockHash hashAt(long height) {
        byte[] hash = storage.get(Column.BEST_HEADERS, Records.height(height));
        return hash == null ? null : BlockHash.of(hash);
    }
}
