package dev.rensa.wallet.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.wallet.fixture.FakeChain;
import dev.rensa.wallet.fixture.FakeNode;
import dev.rensa.wallet.fixture.Suspension;
import dev.rensa.wallet.fixture.TestDatabase;
import dev.rensa.wallet.fixture.WalletBench;
import dev.rensa.wallet.key.Account;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two wallets on one PostgreSQL. */
class ReplicasTest {

    private static final PublicKey RECIPIENT = PublicKey.fromHex("11".repeat(32));

    @TempDir
    Path directory;

    private final FakeChain chain = FakeChain.development();
    private final FakeNode node = new FakeNode("a", chain);
    private TestDatabase database;

    @BeforeEach
    void open() {
        database = TestDatabase.postgresql();
    }

    @Test
    void shouldShareOneAccountWithoutGapOrDouble() {
        try (WalletBench first = bench(database);
                WalletBench second = bench(database)) {
            Account faucet = first.faucet();
            List<Transfer> accepted = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                WalletBench asked = i % 2 == 0 ? first : second;
                accepted.add(asked.pay(faucet, RECIPIENT, 1, "key-" + i).join().transfer());
            }

            first.runUntil(() -> {
                second.round();
                return accepted.stream().allMatch(each -> first.isIn(each, TransferState.FINAL));
            });

            assertThat(accepted.stream().map(first::current).map(Transfer::nonce))
                    .containsExactlyInAnyOrderElementsOf(
                            LongStream.range(0, 100).boxed().toList());
            assertThat(chain.balance(RECIPIENT)).isEqualTo(100);
        }
    }

    @Test
    void shouldAnswerAKeyThatTheOtherReplicaAccepted() {
        try (WalletBench first = bench(database);
                WalletBench second = bench(database)) {
            Account faucet = first.faucet();
            Transfer original = first.pay(faucet, RECIPIENT, 5, "k").join().transfer();

            Acceptance again = second.pay(faucet, RECIPIENT, 5, "k").join();

            assertThat(again.replayed()).isTrue();
            assertThat(again.transfer().id()).isEqualTo(original.id());
        }
    }

    @Test
    void shouldAcceptOneKeyOnceWhenBothAreAskedAtOnce() {
        try (WalletBench first = bench(database);
                WalletBench second = bench(database)) {
            Account faucet = first.faucet();
            List<CompletableFuture<Acceptance>> left = new ArrayList<>();
            List<CompletableFuture<Acceptance>> right = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                left.add(first.pay(faucet, RECIPIENT, 1, "key-" + i));
                right.add(second.pay(faucet, RECIPIENT, 1, "key-" + i));
            }

            for (int i = 0; i < 40; i++) {
                Acceptance one = left.get(i).join();
                Acceptance other = right.get(i).join();
                assertThat(one.transfer().id()).isEqualTo(other.transfer().id());
                assertThat(one.replayed()).isNotEqualTo(other.replayed());
            }
            first.runUntil(() -> {
                second.round();
                return chain.nextNonce(faucet.key()) == 40 && chain.balance(RECIPIENT) == 40;
            });
        }
    }

    @Test
    void shouldPromiseNoMoreThanThereIsWhereTheOtherReplicaHoldsTheAccount() {
        try (WalletBench holder = bench(database);
                WalletBench asked = bench(database)) {
            Account payer = holder.wallets().create("till").wallet().accounts().getFirst();
            chain.fund(payer.key(), 100);
            holder.round();
            Transfer first = holder.pay(payer, RECIPIENT, 30, "first").join().transfer();
            asked.round();
            CompletableFuture<Void> free = new CompletableFuture<>();
            var _ = asked.engine().desk().with(chain.network(), ledger -> free.join());

            CompletableFuture<Acceptance> second = asked.pay(payer, RECIPIENT, 40, "second");
            CompletableFuture<Acceptance> tooMuch = asked.pay(payer, RECIPIENT, 40, "tooMuch");
            free.complete(null);

            Transfer accepted = second.join().transfer();
            assertThatThrownBy(tooMuch::join)
                    .cause()
                    .isInstanceOfSatisfying(
                            TransferRefusedException.class,
                            e -> assertThat(e.code()).isEqualTo(TransferRefusedException.INSUFFICIENT_FUNDS));
            holder.runUntil(
                    () -> holder.isIn(first, TransferState.FINAL) && holder.isIn(accepted, TransferState.FINAL));
            Transfer later = asked.pay(payer, RECIPIENT, 30, "later").join().transfer();
            holder.runUntil(() -> holder.isIn(later, TransferState.FINAL));
            assertThat(chain.balance(RECIPIENT)).isEqualTo(100);
        }
    }

    @Test
    void shouldFinishWhatADeadReplicaHadBegunAndFenceItWhenItComesBack() {
        Suspension suspension = new Suspension();
        try (WalletBench survivor = bench(database);
                WalletBench victim = bench(suspension.before(database))) {
            Account faucet = victim.faucet();
            List<Transfer> accepted = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                accepted.add(victim.pay(faucet, RECIPIENT, 1, "key-" + i).join().transfer());
            }
            Awaitility.await().until(() -> victim.isIn(accepted.getLast(), TransferState.SUBMITTED));
            chain.mine();
            victim.round();

            suspension.suspend();
            chain.reorganise(1);
            chain.loseMempool();
            survivor.runUntil(() -> accepted.stream().allMatch(each -> survivor.isIn(each, TransferState.FINAL)));
            Transfer late = survivor.pay(faucet, RECIPIENT, 1, "late").join().transfer();
            suspension.resume();

            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .ignoreExceptions()
                    .until(() -> victim.pay(faucet, RECIPIENT, 1, "back").join() != null);
            survivor.runUntil(() -> survivor.isIn(late, TransferState.FINAL) && chain.balance(RECIPIENT) == 22);
            for (long nonce = 0; nonce < 22; nonce++) {
                assertThat(chain.submittedFor(faucet.key(), nonce)).hasSize(1);
            }
        }
    }

    private WalletBench bench(TestDatabase home) {
        return new WalletBench(home, directory, chain, List.of(node));
    }
}
