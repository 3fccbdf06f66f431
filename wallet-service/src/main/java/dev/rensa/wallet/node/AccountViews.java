package dev.rensa.wallet.node;

import dev.rensa.protocol.api.AccountView;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Accounts as the best node sees them. A thousand requests for one account at the same moment ask the node once. Safe for
 * use by several threads.
 */
public final class AccountViews {

    /** How old an answer may be, in milliseconds. A lane adds what it has promised since, so age alone is harmless. */
    private static final long MAX_AGE_MILLIS = 200;

    /** Answers kept at most. */
    private static final int MAX_ENTRIES = 10_000;

    /** Questions of one request that are under way at once: enough to hide the way to the node. */
    private static final int MAX_AT_ONCE = 16;

    /** Longer than every node in turn takes to time out, as a rule. */
    private static final long MAX_WAIT_SECONDS = 20;

    private final Nodes nodes;
    private final Clock clock;
    private final Map<String, Entry> entries = new ConcurrentHashMap<>();

    public AccountViews(Nodes nodes, Clock clock) {
        this.nodes = nodes;
        this.clock = clock;
    }

    /**
     * The account of an address, at most {@value #MAX_AGE_MILLIS} ms old.
     *
     * @throws NodeUnavailableException if no node answers
     */
    public AccountView get(String address) {
        long now = clock.millis();
        Entry mine = new Entry(now);
        Entry shared = entries.compute(
                address,
                (key, present) -> present != null
                                && now - present.askedAtMillis < MAX_AGE_MILLIS
                                && !present.answer.isCompletedExceptionally()
                        ? present
                        : mine);
        if (shared == mine) {
            ask(address, mine.answer);
        }
        return answer(shared);
    }

    /**
     * The accounts of several addresses, in their order, {@value #MAX_AT_ONCE} asked at a time.
     *
     * @throws NodeUnavailableException if no node answers for one of them
     */
    public List<AccountView> getAll(List<String> addresses) {
        Semaphore turns = new Semaphore(MAX_AT_ONCE);
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<AccountView>> answers = addresses.stream()
                    .map(address -> CompletableFuture.supplyAsync(() -> inTurn(turns, address), executor))
                    .toList();
            return answers.stream().map(AccountViews::joined).toList();
        }
    }

    private AccountView inTurn(Semaphore turns, String address) {
        turns.acquireUninterruptibly();
        try {
            return get(address);
        } finally {
            turns.release();
        }
    }

    private static AccountView joined(CompletableFuture<AccountView> answer) {
        try {
            return answer.join();
        } catch (CompletionException e) {
            throw unwrapped(e, e.getCause());
        }
    }

    private static AccountView answer(Entry shared) {
        try {
            return shared.answer.get(MAX_WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new NodeUnavailableException("no node told of the account within " + MAX_WAIT_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NodeUnavailableException("interrupted while a node was asked", e);
        } catch (ExecutionException e) {
            throw unwrapped(e, e.getCause());
        }
    }

    private static RuntimeException unwrapped(Exception wrapper, @Nullable Throwable cause) {
        return cause instanceof NodeUnavailableException unavailable
                ? unavailable
                : new IllegalStateException("a call to a node failed in a way it should not", wrapper);
    }

    private void ask(String address, CompletableFuture<AccountView> answer) {
        if (entries.size() > MAX_ENTRIES) {
            entries.values().removeIf(entry -> entry.answer.isDone());
        }
        try {
            answer.complete(nodes.ask(node -> node.account(address)));
        } catch (RuntimeException e) {
            answer.completeExceptionally(e);
        }
    }

    /** A question, told from another one by identity. */
    private static final class Entry {
        private final long askedAtMillis;
        private final CompletableFuture<AccountView> answer = new CompletableFuture<>();

        Entry(long askedAtMillis) {
            this.askedAtMillis = askedAtMillis;
        }
    }
}
