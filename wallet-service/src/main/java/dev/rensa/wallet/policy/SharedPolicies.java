package dev.rensa.wallet.policy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * Reads a wallet's policy by one query for all who ask for it while the query before is under way. Nobody is answered by a
 * query that began before he asked, so a policy holds for whoever comes behind its setting, on another replica too. Safe for
 * use by several threads.
 */
public final class SharedPolicies {

    /** Queries that are under way at once at most, one a wallet: fewer than the database has connections. */
    private static final int MAX_AT_ONCE = 8;

    private final PolicyStore store;

    /** Queries that have not begun, by wallet: at most one for each request that waits. */
    private final Map<String, CompletableFuture<Optional<Policy>>> next = new ConcurrentHashMap<>();

    private final List<ReentrantLock> turns =
            Stream.generate(ReentrantLock::new).limit(MAX_AT_ONCE).toList();

    public SharedPolicies(PolicyStore store) {
        this.store = store;
    }

    /** As {@link PolicyStore#find}. */
    public Optional<Policy> find(String wallet) {
        CompletableFuture<Optional<Policy>> mine = new CompletableFuture<>();
        CompletableFuture<Optional<Policy>> earlier = next.putIfAbsent(wallet, mine);
        if (earlier == null) {
            query(wallet, mine);
        }
        try {
            return (earlier == null ? mine : earlier).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    private void query(String wallet, CompletableFuture<Optional<Policy>> answer) {
        ReentrantLock turn = turns.get(Math.floorMod(wallet.hashCode(), MAX_AT_ONCE));
        turn.lock();
        try {
            // Whoever asks from here on gets the answer of the next one.
            next.remove(wallet, answer);
            answer.complete(store.find(wallet));
        } catch (RuntimeException | Error e) {
            answer.completeExceptionally(e);
        } finally {
            turn.unlock();
        }
    }
}
