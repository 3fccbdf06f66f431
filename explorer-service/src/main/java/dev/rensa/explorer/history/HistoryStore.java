package dev.rensa.explorer.history;

import dev.rensa.explorer.passport.Stamp;
import dev.rensa.explorer.tree.TreeBlock;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.TransactionId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where history is kept. From any thread; whatever the database refuses is an exception of the index. */
public interface HistoryStore {

    /** Whether this explorer is the one that writes: of several on one database one is. An exception while it is not known. */
    boolean mayWrite();

    /** A number that changes whenever another explorer may have written between two times at which this one might. */
    long term();

    /**
     * Keeps all of it or nothing, and forgets what is beyond the bounds: of each kind up to twice as many rows as came, so
     * that forgetting keeps up with whatever comes. Notes that were kept last, though their keeper was not told, are not
     * kept again.
     *
     * @param term the {@link #term} for which the notes were chosen
     * @return whether it was kept; not if another explorer writes now, or may have written since that term began
     */
    boolean keep(Notes notes, Bounds bounds, long term);

    /**
     * Forgets what is beyond the bounds, a batch of each kind.
     *
     * @return how many rows went; 0 when there is nothing more to forget
     */
    int forget(Bounds bounds);

    /** When the newest event was told; 0 without one. */
    long newestMillis(BlockHash network);

    /** When the oldest event that is kept was told. */
    Optional<Long> oldestMillis(BlockHash network);

    /** Where every node stood, as it was noted last at a time or before it. */
    Optional<Told> keyframe(BlockHash network, long atMillis);

    /**
     * Events in the order of their telling.
     *
     * @param fromMillis and later
     * @param toMillis and earlier
     * @param after number of the last one of the page before, for its time; 0 for the first page
     */
    List<Told> told(BlockHash network, long fromMillis, long toMillis, long after, int limit);

    /** Blocks between two heights, both included, highest first, with their arrivals. */
    List<TreeBlock> blocks(BlockHash network, long lowest, long highest, int limit);

    /** A block with its arrivals, on whatever branch. */
    Optional<TreeBlock> block(BlockHash network, BlockHash hash);

    /** Stamps of the pages that were kept last, by their transactions. */
    Map<TransactionId, List<Stamp>> newestStamps(int pages);

    /** A transaction's stamps in the order in which they came. */
    List<Stamp> stamps(TransactionId id);
}
