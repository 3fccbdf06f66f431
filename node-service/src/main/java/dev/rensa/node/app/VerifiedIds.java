package dev.rensa.node.app;

import dev.rensa.protocol.crypto.TransactionId;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Ids of transactions whose signatures were found to hold of late. An id covers the signature, so the check need not be
 * repeated when the same transaction comes by another way: in a block while it waits to be checked for the mempool, or the
 * other way round. Every id has one slot, in which the newest stays. From any thread, without locks.
 */
final class VerifiedIds {

    /** 65,536 ids, about 3 MB: the transactions of some seconds. */
    private static final int SLOTS = 1 << 16;

    private final AtomicReferenceArray<TransactionId> slots = new AtomicReferenceArray<>(SLOTS);

    void add(TransactionId id) {
        slots.setRelease(slot(id), id);
    }

    boolean contains(TransactionId id) {
        return id.equals(slots.getAcquire(slot(id)));
    }

    private static int slot(TransactionId id) {
        return (int) id.prefix() & (SLOTS - 1);
    }
}
