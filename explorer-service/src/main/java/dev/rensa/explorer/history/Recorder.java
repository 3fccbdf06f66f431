package dev.rensa.explorer.history;

import dev.rensa.explorer.passport.PassportBook;
import dev.rensa.explorer.passport.Stamp;
import dev.rensa.explorer.tree.TreeBlock;
import dev.rensa.explorer.tree.TreeSnapshot;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.TransactionId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Collects what is seen, and brings it to the store now and then. Collecting never waits for the database. An explorer that
 * does not write keeps the last seconds all the same: those may be missing when it takes over from one that died.
 */
public final class Recorder {

    /** Events that may wait: minutes of fifty nodes' heads. What comes while it is full is not kept. */
    static final int MAX_WAITING = 20_000;

    /** Events and stamps that one write takes: some megabytes, a fraction of a second. */
    private static final int MAX_WRITE = 5_000;

    /** How long an explorer that does not write holds what it saw: longer than any sensible lease. */
    static final long OVERLAP_MILLIS = 60_000;

    /** Batches of one forgetting, so that it takes seconds at most. */
    private static final int MAX_BATCHES = 20;

    private final HistoryStore store;
    private final Supplier<Optional<BlockHash>> network;
    private final Supplier<TreeSnapshot> tree;
    private final PassportBook passports;
    private final LongSupplier clock;
    private final Limits limits;

    /** Guarded by itself. */
    private final Deque<Told> events = new ArrayDeque<>();

    /** Blocks of which something is not kept yet; guarded by {@link #events}. */
    private final Set<BlockHash> blocks = new LinkedHashSet<>();

    /** Touched by the writing thread alone. */
    private boolean wrote;

    private @Nullable BlockHash collectedFor;

    /**
     * How much is kept.
     *
     * @param millis nothing older
     * @param rows most rows of each kind
     */
    public record Limits(long millis, long rows) {}

    /** A recorder that has seen nothing; {@code clock} gives milliseconds since 1970-01-01 UTC. */
    public Recorder(
            HistoryStore store,
            Supplier<Optional<BlockHash>> network,
            Supplier<TreeSnapshot> tree,
            PassportBook passports,
            LongSupplier clock,
            Limits limits) {
        this.store = store;
        this.network = network;
        this.tree = tree;
        this.passports = passports;
        this.clock = clock;
        this.limits = limits;
    }

    /** Notes an event that was told. */
    public void told(String name, String json) {
        long now = clock.getAsLong();
        synchronized (events) {
            if (events.size() < MAX_WAITING) {
                events.addLast(new Told(0, now, name, json));
            }
        }
    }

    /** Notes that a block was seen, or seen by one more node. */
    public void seen(BlockHash block) {
        synchronized (events) {
            blocks.add(block);
        }
    }

    /** Brings to the store what waits. By one thread at a time. */
    public void write() {
        BlockHash now = network.get().orElse(null);
        if (now == null) {
            return;
        }
        if (!now.equals(collectedFor)) {
            if (collectedFor != null) {
                forgetWaiting();
            }
            collectedFor = now;
            wrote = false;
        }
        if (!store.mayWrite()) {
            wrote = false;
            dropBefore(clock.getAsLong() - OVERLAP_MILLIS);
            passports.dropUnwritten(passports.unwritten(Integer.MAX_VALUE).size());
            return;
        }
        if (!wrote) {
            // What its predecessor kept is there already.
            dropBefore(store.newestMillis(now) + 1);
            wrote = true;
        }
        Notes notes;
        List<PassportBook.Entry> stamps = passports.unwritten(MAX_WRITE);
        do {
            notes = take(now, stamps);
            if (notes.isEmpty()) {
                return;
            }
            if (!keep(notes)) {
                return;
            }
            passports.dropUnwritten(stamps.size());
            stamps = List.of();
        } while (notes.events().size() == MAX_WRITE);
    }

    /** Removes from the store what is too old or too much. */
    public void forget() {
        if (!store.mayWrite()) {
            return;
        }
        for (int batch = 0; batch < MAX_BATCHES; batch++) {
            if (store.forget(clock.getAsLong() - limits.millis(), limits.rows()) == 0) {
                return;
            }
        }
    }

    private Notes take(BlockHash now, List<PassportBook.Entry> entries) {
        TreeSnapshot snapshot = tree.get();
        Map<TransactionId, List<Stamp>> stamps = new LinkedHashMap<>();
        entries.forEach(entry ->
                stamps.computeIfAbsent(entry.id(), _ -> new ArrayList<>()).add(entry.stamp()));
        synchronized (events) {
            List<TreeBlock> seen = blocks.stream()
                    .flatMap(hash -> snapshot.block(hash).stream())
                    .toList();
            blocks.clear();
            return new Notes(
                    now, clock.getAsLong(), events.stream().limit(MAX_WRITE).toList(), seen, stamps);
        }
    }

    /** What is not kept waits on. */
    private boolean keep(Notes notes) {
        boolean kept = false;
        try {
            kept = store.keep(notes);
        } finally {
            synchronized (events) {
                if (kept) {
                    for (int i = 0; i < notes.events().size(); i++) {
                        events.removeFirst();
                    }
                } else {
                    notes.blocks().forEach(block -> blocks.add(block.hash()));
                }
            }
        }
        return kept;
    }

    private void dropBefore(long millis) {
        Set<BlockHash> held = new LinkedHashSet<>();
        tree.get().blocks().forEach(block -> held.add(block.hash()));
        synchronized (events) {
            while (!events.isEmpty() && events.getFirst().timeMillis() < millis) {
                events.removeFirst();
            }
            blocks.retainAll(held);
        }
    }

    /** What was seen of another network is not this one's history. */
    private void forgetWaiting() {
        synchronized (events) {
            events.clear();
            blocks.clear();
        }
        passports.dropUnwritten(passports.unwritten(Integer.MAX_VALUE).size());
    }
}
