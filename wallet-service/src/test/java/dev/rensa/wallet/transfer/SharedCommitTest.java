package dev.rensa.wallet.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.wallet.fixture.FakeChain;
import dev.rensa.wallet.fixture.FakeNode;
import dev.rensa.wallet.fixture.TestDatabase;
import dev.rensa.wallet.fixture.WalletBench;
import dev.rensa.wallet.key.Account;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that come while the desk is busy, and so share a commit. */
class SharedCommitTest {

    private static final PublicKey RECIPIENT = PublicKey.fromHex("11".repeat(32));

    /** As many as share a commit, and some more. */
    private static final int REQUESTS = 600;

    @TempDir
    Path directory;

    private FakeChain chain;
    private WalletBench bench;
    private Account faucet;

    @BeforeEach
    void open() {
        chain = FakeChain.development();
        bench = new WalletBench(database(directory), directory, chain, List.of(new FakeNode("a", chain)));
        faucet = bench.faucet();
    }

    TestDatabase database(Path home) {
        return TestDatabase.sqlite(home);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void shouldPayOnceWhatIsAskedForTwiceAtOnce() {
        Runnable go = keepDeskBusy();
        List<CompletableFuture<Acceptance>> twins = List.of(pay(5, "twin"), pay(5, "twin"), pay(5, "twin"));
        CompletableFuture<Acceptance> other = pay(6, "twin");
        go.run();

        List<Acceptance> answers = twins.stream().map(CompletableFuture::join).toList();

        assertThat(answers).extracting(Acceptance::replayed).containsExactly(false, true, true);
        assertThat(answers)
                .extracting(answer -> answer.transfer().id())
                .containsOnly(answers.getFirst().transfer().id());
        assertThatThrownBy(other::join)
                .cause()
                .isInstanceOfSatisfying(
                        TransferRefusedException.class,
                        e -> assertThat(e.code()).isEqualTo(TransferRefusedException.KEY_REUSED));
        bench.runUntil(() -> bench.engine().desk().openCount() == 0);
        assertThat(chain.balance(RECIPIENT)).isEqualTo(5);
    }

    @Test
    void shouldKnowEarlierKeysAmongHundredsOfNewOnes() {
        Transfer first = pay(1, "first").join().transfer();
        Transfer last = pay(1, "last").join().transfer();
        Runnable go = keepDeskBusy();
        List<CompletableFuture<Acceptance>> fresh = new ArrayList<>();
        CompletableFuture<Acceptance> firstAgain = pay(1, "first");
        IntStream.range(0, REQUESTS).forEach(i -> fresh.add(pay(1, "key-" + i)));
        CompletableFuture<Acceptance> lastAgain = pay(1, "last");
        CompletableFuture<Acceptance> other = pay(2, "first");
        go.run();

        assertThat(List.of(firstAgain.join(), lastAgain.join()))
                .allMatch(Acceptance::replayed)
                .extracting(again -> again.transfer().id())
                .containsExactly(first.id(), last.id());
        assertThatThrownBy(other::join).hasMessageContaining("was used for another request");
        assertThat(fresh).allMatch(answer -> !answer.join().replayed());
        bench.runUntil(() -> bench.engine().desk().openCount() == 0);
        assertThat(chain.balance(RECIPIENT)).isEqualTo(REQUESTS + 2);
        assertThat(fresh.stream()
                        .map(answer -> bench.current(answer.join().transfer()).nonce()))
                .containsExactlyElementsOf(
                        LongStream.range(2, REQUESTS + 2).boxed().toList());
    }

    @Test
    void shouldTellEachStepOfACommitThatTookSeveral() {
        Runnable go = keepDeskBusy();
        List<CompletableFuture<Acceptance>> asked = List.of(pay(1, "a"), pay(2, "b"), pay(Long.MAX_VALUE / 2, "c"));
        go.run();
        Transfer second = asked.get(1).join().transfer();

        // The one in their midst that cannot be paid takes nothing from the others.
        assertThatThrownBy(asked.getLast()::join).hasMessageContaining("are free");
        List<TransferEvent> story = bench.store().history(second.id());

        assertThat(story.subList(0, 3))
                .extracting(TransferEvent::state)
                .containsExactly(TransferState.REQUESTED, TransferState.RESERVED, TransferState.SIGNED);
        assertThat(story).extracting(TransferEvent::version).startsWith(0, 1, 2);
        assertThat(second.state()).isEqualTo(TransferState.REQUESTED);
        assertThat(bench.current(second).nonce()).isEqualTo(1);
        assertThat(bench.current(second).transaction()).isNotNull();
    }

    private CompletableFuture<Acceptance> pay(long mon, String key) {
        return bench.pay(faucet, RECIPIENT, mon, key);
    }

    /** What is asked for until the returned step is taken waits together. */
    private Runnable keepDeskBusy() {
        CompletableFuture<Void> free = new CompletableFuture<>();
        CompletableFuture<Void> busy = new CompletableFuture<>();
        var _ = bench.engine().desk().with(chain.network(), ledger -> {
            busy.complete(null);
            return free.join();
        });
        busy.join();
        return () -> free.complete(null);
    }
}
