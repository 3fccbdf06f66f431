package dev.rensa.node.api;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The newest events, numbered. Events of a type are kept from when somebody first listens to it until some time after
 * the last one left, so that a node to which nobody listens does no work for it. Not safe for threads: {@link EventStream}
 * holds its lock.
 */
final class EventBuffer {

    /**
     * An event as it goes over the wire.
     *
     * @param type none for what all must hear
     */
    record Entry(long number, @Nullable EventType type, String name, String json) {}

    private final @Nullable Entry[] ring;
    private final long maxCharacters;

    /** For each type that is kept, the number from which on nothing of it is missing. */
    private final Map<EventType, Long> keptSince = new EnumMap<>(EventType.class);

    private long characters;
    private int newEvents;
    private long newCharacters;
    private long first = 1;
    private long next = 1;

    EventBuffer(int maxEvents, long maxCharacters) {
        this.ring = new @Nullable Entry[maxEvents];
        this.maxCharacters = maxCharacters;
    }

    /** The number of the next event. */
    long next() {
        return next;
    }

    /** The lowest number that is still here; {@link #next} when none is. */
    long first() {
        return first;
    }

    void keep(Set<EventType> types) {
        types.forEach(type -> keptSince.putIfAbsent(type, next));
    }

    void keepNoMore(EventType type) {
        keptSince.remove(type);
        while (keptSince.isEmpty() && first < next) {
            removeFirst();
        }
    }

    Set<EventType> kept() {
        return Set.copyOf(keptSince.keySet());
    }

    /** Whether all events of these types from a number on are here. */
    boolean reachesBackTo(long number, Set<EventType> types) {
        return number >= first
                && number <= next
                && types.stream().allMatch(type -> keptSince.getOrDefault(type, Long.MAX_VALUE) <= number);
    }

    /**
     * Adds an event in place of the oldest ones, if there is no room.
     *
     * @return whether half of the buffer is new since this was last answered so
     */
    boolean add(@Nullable EventType type, String name, String json) {
        if (next - first == ring.length) {
            removeFirst();
        }
        ring[slot(next)] = new Entry(next, type, name, json);
        next++;
        characters += json.length();
        while (characters > maxCharacters && next - first > 1) {
            removeFirst();
        }
        newEvents++;
        newCharacters += json.length();
        boolean half = newEvents * 2L >= ring.length || newCharacters * 2 >= maxCharacters;
        if (half) {
            newEvents = 0;
            newCharacters = 0;
        }
        return half;
    }

    /** An event from {@link #first} to below {@link #next}. */
    Entry get(long number) {
        Entry entry = ring[slot(number)];
        if (entry == null || entry.number() != number) {
            throw new IllegalArgumentException("event " + number + " is not here");
        }
        return entry;
    }

    private void removeFirst() {
        characters -= get(first).json().length();
        ring[slot(first)] = null;
        first++;
    }

    private int slot(long number) {
        return (int) (number % ring.length);
    }
}
