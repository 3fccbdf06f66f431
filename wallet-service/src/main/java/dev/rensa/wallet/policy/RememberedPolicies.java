package dev.rensa.wallet.policy;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps in memory the policies of a store that no other process writes: then a request need not ask the database for its
 * wallet's. A backup is restored into a store without wallets, so nobody has asked for the policies that come in with it. Safe
 * for use by several threads.
 */
public final class RememberedPolicies implements PolicyStore {

    private final PolicyStore store;

    /** At most one a wallet, as wallets are kept themselves. */
    private final Map<String, Optional<Policy>> known = new ConcurrentHashMap<>();

    public RememberedPolicies(PolicyStore store) {
        this.store = store;
    }

    @Override
    public Optional<Policy> find(String wallet) {
        return known.computeIfAbsent(wallet, store::find);
    }

    /** Forgets the former one when the new one is written, and whenever it is not certain whether it is. */
    @Override
    public void save(String wallet, Policy policy) {
        try {
            store.save(wallet, policy);
        } finally {
            // Waits for whoever is reading the former one.
            known.remove(wallet);
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
}
