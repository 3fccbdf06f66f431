package dev.rensa.wallet.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.money.Amount;
import dev.rensa.wallet.fixture.FakeChain;
import dev.rensa.wallet.fixture.FakeNode;
import dev.rensa.wallet.fixture.Suspension;
import dev.rensa.wallet.fixture.TestDatabase;
import dev.rensa.wallet.fixture.WalletBench;
import dev.rensa.wallet.key.Account;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests share a commit; what the database does not take of one must not fail the others. */
class UnfitRowTest {

    private static final PublicKey RECIPIENT = PublicKey.fromHex("11".repeat(32));

    @TempDir
    Path directory;

    private final FakeChain chain = FakeChain.development();

    @Test
    void shouldAcceptTheOthersOfABatchInWhichOneIsUnfit() {
        Suspension suspension = new Suspension();
        TestDatabase database = suspension.before(TestDatabase.postgresql());
        try (WalletBench bench = new WalletBench(database, directory, chain, List.of(new FakeNode("a", chain)))) {
            Account faucet = bench.faucet();
            bench.pay(faucet, RECIPIENT, 1, "first").join();
            List<CompletableFuture<Acceptance>> answers = new ArrayList<>();

            suspension.suspend();
            for (int i = 0; i < 40; i++) {
                String memo = i == 20 ? "\0" : "memo";
                answers.add(bench.pay(faucet, new Order(RECIPIENT, Amount.ofMon(1), Amount.ZERO, 0, memo), "key-" + i));
            }
            suspension.resume();

            assertThatThrownBy(answers.remove(20)::join).cause().isInstanceOf(UnfitRowException.class);
            List<Transfer> accepted =
                    answers.stream().map(answer -> answer.join().transfer()).toList();
            bench.runUntil(() -> accepted.stream().allMatch(each -> bench.isIn(each, TransferState.FINAL)));
            assertThat(chain.balance(RECIPIENT)).isEqualTo(40);
        }
    }

    @Test
    void shouldNotRefuseWhatItPaysWhenTheOthersOfTheBatchFall() {
        TestDatabase database = TestDatabase.postgresql();
        try (WalletBench bench = new WalletBench(database, directory, chain, List.of(new FakeNode("a", chain)))) {
            Account payer = bench.wallets().create("till").wallet().accounts().getFirst();
            chain.fund(payer.key(), 100);
            bench.round();
            CompletableFuture<Void> free = new CompletableFuture<>();
            var _ = bench.engine().desk().with(chain.network(), ledger -> free.join());

            CompletableFuture<Acceptance> unfit =
                    bench.pay(payer, new Order(RECIPIENT, Amount.ofMon(100), Amount.ZERO, 0, "\0"), "unfit");
            CompletableFuture<Acceptance> good =
                    bench.pay(payer, new Order(RECIPIENT, Amount.ofMon(60), Amount.ZERO, 0, "good"), "good");
            CompletableFuture<Acceptance> tooMuch =
                    bench.pay(payer, new Order(RECIPIENT, Amount.ofMon(50), Amount.ZERO, 0, "more"), "more");
            free.complete(null);

            assertThatThrownBy(unfit::join).cause().isInstanceOf(UnfitRowException.class);
            Transfer paid = good.join().transfer();
            assertThatThrownBy(tooMuch::join).cause().isInstanceOf(TransferRefusedException.class);
            bench.runUntil(() -> bench.isIn(paid, TransferState.FINAL));
            assertThat(chain.balance(RECIPIENT)).isEqualTo(60);
        }
    }
}
