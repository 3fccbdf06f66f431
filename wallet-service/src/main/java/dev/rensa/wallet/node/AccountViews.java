package dev.rensa.wallet.node;

import dev.rensa.protocol.api.AccountView;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Accounts as the best node sees them. A thousand requests for one account at the same moment ask the node once. Safe for
 * use by several threads.
 */
public final class AccountViews {

    /** How old an answer may be, in milliseconds. A lane adds what it has promised since, so age alone is harmless. */
    private static final long MAX_AGE_MILLIS = 200;

    /** Answers kept at most. */
    private static final int MAX_ENTRIES = 10_000;

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
        try {
            return shared.answer.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof NodeUnavailableException unavailable) {
                throw unavailable;
            }
            throw e;
        }
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
