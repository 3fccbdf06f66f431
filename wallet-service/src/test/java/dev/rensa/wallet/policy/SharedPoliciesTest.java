package dev.rensa.wallet.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class SharedPoliciesTest {

    private static final Policy STRICT = new Policy(1L, null, null, Set.of());

    private final Queries queries = new Queries();
    private final SharedPolicies policies = new SharedPolicies(queries);
    private final List<Thread> askers = new ArrayList<>();

    @Test
    void shouldAnswerNobodyByAQueryThatBeganBeforeHeAsked() throws Exception {
        FutureTask<Optional<Policy>> early = ask("till");
        queries.awaitBegun(1);

        queries.policy = Optional.of(STRICT);
        List<FutureTask<Optional<Policy>>> late =
                Stream.generate(() -> ask("till")).limit(5).toList();
        awaitWaiting();
        queries.goOn.complete(null);

        assertThat(early.get()).isEmpty();
        for (FutureTask<Optional<Policy>> one : late) {
            assertThat(one.get()).contains(STRICT);
        }
        assertThat(queries.begun).hasValue(2);
    }

    @Test
    void shouldTellAFailureToAllWhoShareItAndToNobodyElse() {
        queries.goOn.complete(null);
        queries.failure = new IllegalStateException("the database does not answer");

        assertThatThrownBy(() -> policies.find("till")).isSameAs(queries.failure);
        queries.failure = null;

        assertThat(policies.find("till")).isEmpty();
    }

    private FutureTask<Optional<Policy>> ask(String wallet) {
        FutureTask<Optional<Policy>> question = new FutureTask<>(() -> policies.find(wallet));
        askers.add(Thread.ofPlatform().daemon().start(question));
        return question;
    }

    private void awaitWaiting() {
        Awaitility.await().until(() -> askers.stream().allMatch(asker -> asker.getState() == Thread.State.WAITING));
    }

    /** Each query tells what was there when it began, once it may go on. */
    private static final class Queries implements PolicyStore {
        private final AtomicInteger begun = new AtomicInteger();
        private final CompletableFuture<Void> goOn = new CompletableFuture<>();
        private volatile Optional<Policy> policy = Optional.empty();
        private volatile IllegalStateException failure;

        @Override
        public Optional<Policy> find(String wallet) {
            Optional<Policy> seen = policy;
            begun.incrementAndGet();
            goOn.join();
            if (failure != null) {
                throw failure;
            }
            return seen;
        }

        void awaitBegun(int count) {
            Awaitility.await().until(() -> begun.get() >= count);
        }

        @Override
        public void save(String wallet, Policy saved) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Counted count(String name, String wallet, long cost, long maxDay, long nowMillis, long sinceMillis) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void release(String name) {
            throw new UnsupportedOperationException();
        }
    }
}
