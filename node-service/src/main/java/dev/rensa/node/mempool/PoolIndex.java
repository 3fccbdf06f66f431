package dev.rensa.node.mempool;

import dev.rensa.protocol.crypto.TransactionId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * Ways to find a transaction in the mempool other than by sender. Changed by the writer thread; {@link #find},
 * {@link #byFee} and {@link #byAge} may be read from any, where walking them while they change shows some of the changes.
 */
final class PoolIndex {

    private final ConcurrentMap<TransactionId, PooledTransaction> byId = new ConcurrentHashMap<>();
    private final ConcurrentSkipListMap<FeePosition, PooledTransaction> byFee = new ConcurrentSkipListMap<>();
    private final ConcurrentSkipListMap<Long, PooledTransaction> byAge = new ConcurrentSkipListMap<>();

    /** Only those that name a last height. */
    private final TreeMap<Long, LinkedHashSet<PooledTransaction>> byLastHeight = new TreeMap<>();

    private long bytes;
    private long changes;

    @Nullable
    PooledTransaction find(TransactionId id) {
        return byId.get(id);
    }

    /** Highest fee first. */
    ConcurrentNavigableMap<FeePosition, PooledTransaction> byFee() {
        return byFee;
    }

    /** By sequence, the oldest first. */
    ConcurrentNavigableMap<Long, PooledTransaction> byAge() {
        return byAge;
    }

    int size() {
        return byId.size();
    }

    long bytes() {
        return bytes;
    }

    /** How many transactions have come and gone. */
    long changes() {
        return changes;
    }

    /** The one with the lowest fee; there must be one. */
    PooledTransaction lowest() {
        return byFee.lastEntry().getValue();
    }

    void add(PooledTransaction entry) {
        byId.put(entry.transaction().id(), entry);
        byFee.put(entry, entry);
        byAge.put(entry.sequence(), entry);
        bytes += entry.transaction().size();
        changes++;
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
        byAge.remove(entry.sequence());
        bytes -= entry.transaction().size();
        changes++;
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
        for (PooledTransaction entry : byAge.values()) {
            if (entry.arrivedMillis() >= arrivedMillis) {
                break;
            }
            old.add(entry);
        }
        return old;
    }
}
