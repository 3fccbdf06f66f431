package dev.rensa.node.mempool;

import dev.rensa.protocol.crypto.TransactionId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;

/**
 * Ways to find a transaction in the mempool other than by sender. Changed by the writer thread; {@link #find} and
 * {@link #byFee} may be read from any.
 */
final class PoolIndex {

    private final ConcurrentMap<TransactionId, PooledTransaction> byId = new ConcurrentHashMap<>();
    private final ConcurrentSkipListSet<PooledTransaction> byFee = new ConcurrentSkipListSet<>();
    private final LinkedHashSet<PooledTransaction> byAge = new LinkedHashSet<>();

    /** Only those that name a last height. */
    private final TreeMap<Long, LinkedHashSet<PooledTransaction>> byLastHeight = new TreeMap<>();

    private long bytes;

    @Nullable
    PooledTransaction find(TransactionId id) {
        return byId.get(id);
    }

    /** Highest fee first; walking it while it changes shows some of the changes. */
    ConcurrentSkipListSet<PooledTransaction> byFee() {
        return byFee;
    }

    int size() {
        return byAge.size();
    }

    long bytes() {
        return bytes;
    }

    /** The one with the lowest fee; there must be one. */
    PooledTransaction lowest() {
        return byFee.last();
    }

    void add(PooledTransaction entry) {
        byId.put(entry.transaction().id(), entry);
        byFee.add(entry);
        byAge.add(entry);
        bytes += entry.transaction().size();
        long lastHeight = entry.transaction().validUntil();
        if (lastHeight != 0) {
            byLastHeight
                    .computeIfAbsent(lastHeight, height -> new LinkedHashSet<>())
                    .add(entry);
        }
    }

    void remove(PooledTransaction entry) {
        byId.remove(entry.transaction().id());
        byFee.remove(entry);
        byAge.remove(entry);
        bytes -= entry.transaction().size();
        long lastHeight = entry.transaction().validUntil();
        if (lastHeight != 0) {
            byLastHeight.computeIfPresent(lastHeight, (height, entries) -> {
                entries.remove(entry);
                return entries.isEmpty() ? null : entries;
            });
        }
    }

    /** Those that may not be mined at this height any more. */
    List<PooledTransaction> expiredAt(long height) {
        List<PooledTransaction> expired = new ArrayList<>();
        byLastHeight.headMap(height).values().forEach(expired::addAll);
        return expired;
    }

    /** Those that came before a time, oldest first. */
    List<PooledTransaction> olderThan(long arrivedMillis) {
        List<PooledTransaction> old = new ArrayList<>();
        for (PooledTransaction entry : byAge) {
            if (entry.arrivedMillis() >= arrivedMillis) {
                break;
            }
            old.add(entry);
        }
        return old;
    }
}
