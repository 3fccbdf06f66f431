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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Collects what is seen, and brings it to the store now and then. Collecting never waits for the database: while that is away,
 * all that is seen waits as far as there is room. An explorer that does not write holds the last minute all the same: that may
 * be missing when it takes over from one that died.
 */
public final class Recorder {

    /** Events that may wait: minutes of fifty nodes' heads. What comes while it is full is not kept. */
    static final int MAX_WAITING = 20_000;

    /** Events and stamps that one write takes: some megabytes, a fraction of a second. */
    private static final int MAX_WRITE = 5_000;

    /** How long an explorer that does not write holds what it saw: longer than any sensible lease. */
    static final long OVERLAP_MILLIS = 60_000;

    /** Rounds of one write: with what waits, and notes whose fate is not known, there are no more. */
    private static final int MAX_ROUNDS = 1 + MAX_WAITING / MAX_WRITE;

    /** How long one forgetting may keep writing from its turn, by the clock. */
    private static final long FORGETTING_MILLIS = 2_000;

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

    /** The store's term in which this explorer wrote last; none at first. Touched by the writing thread alone. */
    private OptionalLong wrote = OptionalLong.empty();

    /** Notes that the store failed to keep, or to say that it had; touched by the writing thread alone. */
    private @Nullable Notes unsure;

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

    /** Brings to the store what waits; of stamps no more than a second may cost. By one thread at a time. */
    public void write() {
        write(1);
    }

    /** Brings to the store all that waits, for a stop. By one thread at a time. */
    public void writeAll() {
        write(MAX_ROUNDS);
    }

    private void write(int roundsWithStamps) {
        BlockHash now = network.get().orElse(null);
        if (now == null) {
            return;
        }
        if (!now.equals(collectedFor)) {
            if (collectedFor != null) {
                forgetWaiting();
            }
            collectedFor = now;
            wrote = OptionalLong.empty();
        }
        if (!store.mayWrite()) {
            leaveToTheWriter();
            return;
        }
        OptionalLong term = OptionalLong.of(store.term());
        if (!term.equals(wrote)) {
            seeAgain();
            dropKept(now);
            wrote = term;
        }
        for (int round = 0; round < MAX_ROUNDS; round++) {
            Notes again = unsure;
            Notes notes = again != null ? again : take(now, round < roundsWithStamps ? MAX_WRITE : 0);
            if (notes.isEmpty() || !keep(notes, term.getAsLong()) || (again == null && !isFull(notes))) {
                return;
            }
        }
    }

    private static boolean isFull(Notes notes) {
        return notes.events().size() == MAX_WRITE || notes.stampCount() == MAX_WRITE;
    }

    /** Removes from the store what is too old or too much, as far as the writes have not. */
    public void forget() {
        if (!store.mayWrite()) {
            return;
        }
        long until = clock.getAsLong() + FORGETTING_MILLIS;
        int gone;
        do {
            gone = store.forget(bounds());
        } while (gone > 0 && clock.getAsLong() < until);
    }

    private Bounds bounds() {
        return new Bounds(clock.getAsLong() - limits.millis(), limits.rows());
    }

    private Notes take(BlockHash now, int mostStamps) {
        TreeSnapshot snapshot = tree.get();
        Map<TransactionId, List<Stamp>> stamps = new LinkedHashMap<>();
        passports
                .unwritten(mostStamps)
                .forEach(entry -> stamps.computeIfAbsent(entry.id(), _ -> new ArrayList<>())
                        .add(entry.stamp()));
        synchronized (events) {
            List<TreeBlock> seen = blocks.stream()
                    .flatMap(hash -> snapshot.block(hash).stream())
                    .toList();
            blocks.clear();
            return new Notes(
                    UUID.randomUUID().toString(),
                    now,
                    clock.getAsLong(),
                    events.stream().limit(MAX_WRITE).toList(),
                    seen,
                    stamps);
        }
    }

    /** What is not kept waits on. A store that fails may have kept it and only not said so: it is asked for the same again. */
    private boolean keep(Notes notes, long term) {
        unsure = notes;
        boolean kept = store.keep(notes, bounds(), term);
        if (!kept) {
            seeAgain();
            return false;
        }
        unsure = null;
        synchronized (events) {
            for (int i = 0; i < notes.events().size(); i++) {
                events.removeFirst();
            }
        }
        passports.dropUnwritten(notes.stampCount());
        return true;
    }

    /** Only where another one writes for certain: what nobody has kept would be lost otherwise. */
    private void leaveToTheWriter() {
        long held = clock.getAsLong() - OVERLAP_MILLIS;
        seeAgain();
        dropBefore(held);
        passports.holdUnwritten(held);
    }

    /** Takes notes back that were not kept, or that another explorer's writing has made void; events and stamps wait still. */
    private void seeAgain() {
        Notes notes = unsure;
        unsure = null;
        if (notes != null) {
            synchronized (events) {
                notes.blocks().forEach(block -> blocks.add(block.hash()));
            }
        }
    }

    /** What its predecessor kept is there already, though it may have seen it a moment earlier. */
    private void dropKept(BlockHash now) {
        long newest = store.newestMillis(now);
        Map<String, String> said = new HashMap<>();
        for (Told kept : store.told(now, newest - OVERLAP_MILLIS, newest, 0, MAX_WAITING)) {
            Saying saying = Saying.of(kept);
            said.put(saying.subject(), saying.what());
        }
        dropKeptStamps(newest - OVERLAP_MILLIS);
        dropBefore(newest + 1);
        synchronized (events) {
            events.removeIf(event -> {
                Saying saying = Saying.of(event);
                boolean again = saying.what().equals(said.get(saying.subject()));
                if (!again) {
                    said.remove(saying.subject());
                }
                return again;
            });
        }
    }

    /** Those from before that time were its predecessor's to keep: among all that is kept they are not looked for. */
    private void dropKeptStamps(long held) {
        if (held > 0) {
            passports.dropUnwritten(entry -> entry.stamp().timeMillis() < held);
        }
        if (passports.unwritten(1).isEmpty()) {
            return;
        }
        Map<TransactionId, List<Stamp>> kept = store.newestStamps(MAX_WAITING);
        passports.dropUnwritten(
                entry -> kept.getOrDefault(entry.id(), List.of()).stream().anyMatch(entry.stamp()::isSameAs));
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
        unsure = null;
        synchronized (events) {
            events.clear();
            blocks.clear();
        }
        passports.dropUnwritten(passports.unwritten(Integer.MAX_VALUE).size());
    }
}
