package dev.rensa.wallet.policy;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Keeps in memory the policies of a store that no other process writes: then a request need not ask the database for its
 * wallet's. A former policy is forgotten when the new one has been written, and before whoever set it is answered. Safe for use
 * by several threads.
 */
public final class RememberedPolicies implements PolicyStore {

    /** Policies that are kept: as many as payers are, each with a thousand recipients at most. Beyond it all are read anew. */
    private static final int MAX_KNOWN = 256;

    private final PolicyStore store;
    private final Consumer<Runnable> behindWrites;

    /** Removing waits for whoever is reading: so what was read before a change is never put here behind it. */
    private final Map<String, Optional<Policy>> known = new ConcurrentHashMap<>();

    /**
     * Remembers nothing yet.
     *
     * @param behindWrites does something when what the thread is writing has been written, or has failed
     */
    public RememberedPolicies(PolicyStore store, Consumer<Runnable> behindWrites) {
        this.store = store;
        this.behindWrites = behindWrites;
    }

    @Override
    public Optional<Policy> find(String wallet) {
        if (known.size() >= MAX_KNOWN && !known.containsKey(wallet)) {
            forget();
        }
        return known.computeIfAbsent(wallet, store::find);
    }

    /** Written together with other things it stands only behind all of them; and after a failure nobody knows whether it does. */
    @Override
    public void save(String wallet, Policy policy) {
        try {
            store.save(wallet, policy);
        } finally {
            behindWrites.accept(() -> known.remove(wallet));
        }
    }

    @Override
    public Counted count(String name, String wallet, long cost, long maxDay, long nowMillis, long sinceMillis) {
        return store.count(name, wallet, cost, maxDay, nowMillis, sinceMillis);
    }

    @Override
    public void release(String name) {
        store.release(name);
    }

    @Override
    public void forget() {
        known.clear();
    }
}
