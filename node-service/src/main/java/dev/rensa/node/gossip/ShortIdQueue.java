package dev.rensa.node.gossip;

/** Short ids in order of arrival, in a ring that grows up to a bound; beyond it the oldest are dropped. */
final class ShortIdQueue {

    private static final int FIRST_CAPACITY = 16;

    private final int maximum;
    private long[] ring = new long[FIRST_CAPACITY];
    private int head;
    private int size;

    ShortIdQueue(int maximum) {
        this.maximum = maximum;
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    void add(long id) {
        if (size == maximum) {
            poll();
        }
        if (size == ring.length) {
            grow();
        }
        ring[(head + size) & (ring.length - 1)] = id;
        size++;
    }

    /** The one that is {@code index} places behind the oldest. */
    long get(int index) {
        return ring[(head + index) & (ring.length - 1)];
    }

    /** Takes the oldest; there must be one. */
    long poll() {
        long id = ring[head];
        drop(1);
        return id;
    }

    /** Drops the oldest ones. */
    void drop(int count) {
        head = (head + count) & (ring.length - 1);
        size -= count;
    }

    private void grow() {
        long[] larger = new long[ring.length * 2];
        for (int i = 0; i < size; i++) {
            larger[i] = get(i);
        }
        ring = larger;
        head = 0;
    }
}
