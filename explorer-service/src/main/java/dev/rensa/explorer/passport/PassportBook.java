package dev.rensa.explorer.passport;

import dev.rensa.explorer.observe.NodeView;
import dev.rensa.explorer.observe.NodeView.Report;
import dev.rensa.explorer.observe.ObservationListener;
import dev.rensa.protocol.api.NodeEvent.TransactionChanged;
import dev.rensa.protocol.crypto.TransactionId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The stamps of the transactions that nodes told of last, in memory. Guarded by its own lock: many nodes stamp, each on
 * its own thread.
 */
public final class PassportBook implements ObservationListener {

    /** Most stamps of one transaction: ten each of 25 nodes. Behind that its story is one of flapping nodes. */
    static final int MAX_STAMPS = 250;

    /** Longest text of a field; a node's own are hashes and codes. */
    private static final int MAX_FIELD_CHARACTERS = 64;

    /**
     * Stamps that may wait to be kept: for a database that is away or slow, or, with an explorer that does not write, for the
     * one that does to die. While it is full they stay in memory alone: a network may tell of more than any database would
     * take.
     */
    static final int MAX_UNWRITTEN = 20_000;

    private final int maxTransactions;
    private final Deque<Entry> unwritten = new ArrayDeque<>();
    private final Map<TransactionId, List<Stamp>> passports = new LinkedHashMap<>();

    /** A stamp and the transaction that bears it. */
    public record Entry(TransactionId id, Stamp stamp) {}

    /**
     * An empty book.
     *
     * @param maxTransactions how many are kept; those that were first told of longest ago leave
     */
    public PassportBook(int maxTransactions) {
        this.maxTransactions = maxTransactions;
    }

    @Override
    public void transactionChanged(NodeView node, TransactionChanged event) {
        Report report = node.reported();
        if (report == null || !isSound(event)) {
            return;
        }
        Stamp stamp = new Stamp(
                report.status().nodeKey(),
                report.status().name(),
                event.timeMillis() - node.clockOffsetMillis(),
                event.state(),
                event.code(),
                event.successor(),
                event.block());
        TransactionId id = TransactionId.fromHex(event.id());
        synchronized (this) {
            List<Stamp> stamps = passports.computeIfAbsent(id, _ -> new ArrayList<>(4));
            if (stamps.size() < MAX_STAMPS) {
                stamps.add(stamp);
                if (unwritten.size() < MAX_UNWRITTEN) {
                    unwritten.addLast(new Entry(id, stamp));
                }
            }
            if (passports.size() > maxTransactions) {
                passports.remove(passports.keySet().iterator().next());
            }
        }
    }

    /** A transaction's stamps, oldest first; empty if no node that was followed told of it. */
    public List<Stamp> stamps(TransactionId id) {
        List<Stamp> stamps;
        synchronized (this) {
            stamps = new ArrayList<>(passports.getOrDefault(id, List.of()));
        }
        stamps.sort((one, other) -> Long.compare(one.timeMillis(), other.timeMillis()));
        return List.copyOf(stamps);
    }

    /** The stamps that have waited longest to be kept. */
    public synchronized List<Entry> unwritten(int limit) {
        return unwritten.stream().limit(limit).toList();
    }

    /** Those that have waited longest wait no more. */
    public synchronized void dropUnwritten(int count) {
        for (int i = 0; i < count; i++) {
            unwritten.removeFirst();
        }
    }

    /** Those of which it holds wait no more. */
    public synchronized void dropUnwritten(Predicate<Entry> which) {
        unwritten.removeIf(which);
    }

    /**
     * Those from before a time wait no more, nor do the oldest beyond half of the room: the newest find the other half free.
     *
     * @param millis since 1970-01-01 UTC
     */
    public synchronized void holdUnwritten(long millis) {
        unwritten.removeIf(entry -> entry.stamp().timeMillis() < millis);
        while (unwritten.size() > MAX_UNWRITTEN / 2) {
            unwritten.removeFirst();
        }
    }

    /** How many transactions have stamps. */
    public synchronized int size() {
        return passports.size();
    }

    private static boolean isSound(TransactionChanged event) {
        return event.id() != null
                && event.id().matches("[0-9a-f]{64}")
                && event.state() != null
                && isShort(event.state())
                && (event.code() == null || isShort(event.code()))
                && (event.successor() == null || isShort(event.successor()))
                && (event.block() == null || isShort(event.block()));
    }

    private static boolean isShort(String text) {
        return text.length() <= MAX_FIELD_CHARACTERS;
    }
}
