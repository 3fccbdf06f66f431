package dev.rensa.node.gossip;

/** A set of short ids, eight to thirty-two bytes an entry. Like {@link ShortIdMap} it keeps its order secret. */
final class ShortIdSet {

    private static final int FIRST_CAPACITY = 16;

    private final long secret;
    private long[] table = new long[FIRST_CAPACITY];
    private int used;
    private boolean hasZero;

    ShortIdSet(long secret) {
        this.secret = spread(secret);
    }

    /** An odd multiplier: with a random one, any two keys seldom share their upper bits, whoever chose them. */
    static long spread(long secret) {
        return ((secret ^ 0x6a09e667f3bcc908L) * 0x9E3779B97F4A7C15L) | 1;
    }

    int size() {
        return used + (hasZero ? 1 : 0);
    }

    /** Adds an id; false if it was there. */
    boolean add(long id) {
        if (id == 0) {
            boolean added = !hasZero;
            hasZero = true;
            return added;
        }
        int slot = find(id);
        if (table[slot] == id) {
            return false;
        }
        table[slot] = id;
        if (++used > table.length / 2) {
            grow();
        }
        return true;
    }

    boolean contains(long id) {
        return id == 0 ? hasZero : table[find(id)] == id;
    }

    void remove(long id) {
        if (id == 0) {
            hasZero = false;
            return;
        }
        int gap = find(id);
        if (table[gap] == 0) {
            return;
        }
        used--;
        table[gap] = 0;
        for (int slot = next(gap); table[slot] != 0; slot = next(slot)) {
            int home = home(table[slot]);
            boolean mayMove = gap <= slot ? home <= gap || home > slot : home <= gap && home > slot;
            if (mayMove) {
                table[gap] = table[slot];
                table[slot] = 0;
                gap = slot;
            }
        }
    }

    private int find(long id) {
        int slot = home(id);
        while (table[slot] != 0 && table[slot] != id) {
            slot = next(slot);
        }
        return slot;
    }

    private int next(int slot) {
        return (slot + 1) & (table.length - 1);
    }

    private int home(long id) {
        return (int) (((id ^ (id >>> 32)) * secret) >>> Long.numberOfLeadingZeros(table.length - 1L));
    }

    private void grow() {
        long[] old = table;
        table = new long[old.length * 2];
        for (long id : old) {
            if (id != 0) {
                table[find(id)] = id;
            }
        }
    }
}
