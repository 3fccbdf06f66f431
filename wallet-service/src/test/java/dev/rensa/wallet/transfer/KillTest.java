package dev.rensa.wallet.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.money.Amount;
import dev.rensa.wallet.fixture.DyingStore;
import dev.rensa.wallet.fixture.FakeChain;
import dev.rensa.wallet.fixture.FakeNode;
import dev.rensa.wallet.fixture.TestDatabase;
import dev.rensa.wallet.fixture.WalletBench;
import dev.rensa.wallet.key.Account;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The wallet is killed at each of its writes, from the first acceptance to the last confirmation. */
class KillTest {

    private static final int PAYMENTS = 4;
    private static final long MON = 1000;
    private static final PublicKey RECIPIENT = PublicKey.fromHex("11".repeat(32));

    /** The story takes fewer writes than these, however the requests fall into batches. */
    private static final int MAX_WRITES = 100;

    @TempDir
    Path directory;

    TestDatabase database(Path home) {
        return TestDatabase.sqlite(home);
    }

    /** Writes from one fatal one to the next. */
    int stride() {
        return 1;
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void shouldPayEveryAcceptedTransferExactlyOnceWhereverItIsKilled(boolean behindTheWrite) {
        boolean killed = true;
        for (int fatalWrite = 1; killed; fatalWrite += stride()) {
            assertThat(fatalWrite).isLessThan(MAX_WRITES);
            Path home = directory.resolve("kill-" + fatalWrite);
            assertThat(home.toFile().mkdirs()).isTrue();
            TestDatabase database = database(home);
            FakeChain chain = FakeChain.development();
            List<FakeNode> nodes = List.of(new FakeNode("a", chain), new FakeNode("b", chain));

            Life life = runUntilKilled(database, home, chain, nodes, fatalWrite, behindTheWrite);
            killed = life.killed();

            try (WalletBench survivor = new WalletBench(database, home, chain, nodes)) {
                Account faucet = survivor.faucet();
                List<Transfer> all = new ArrayList<>();
                for (int i = 0; i < PAYMENTS; i++) {
                    all.add(survivor.pay(faucet, RECIPIENT, MON, "payment-" + i)
                            .join()
                            .transfer());
                }
                assertThat(all)
                        .extracting(Transfer::id)
                        .containsAll(life.accepted().stream().map(Transfer::id).toList());
                survivor.runUntil(() -> all.stream().allMatch(each -> survivor.isIn(each, TransferState.FINAL)));

                assertThat(chain.balance(RECIPIENT))
                        .as("killed at write %d", fatalWrite)
                        .isEqualTo(PAYMENTS * MON);
                assertThat(chain.nextNonce(faucet.key())).isEqualTo(PAYMENTS);
                for (long nonce = 0; nonce < PAYMENTS; nonce++) {
                    assertThat(chain.submittedFor(faucet.key(), nonce)).hasSize(1);
                }
            }
        }
    }

    @Test
    void shouldPayAPayoutOnceThatWasPromisedWhenNoLineOfItHadItsNonceYet() {
        TestDatabase database = database(directory);
        FakeChain chain = FakeChain.development();
        List<FakeNode> nodes = List.of(new FakeNode("a", chain));
        List<Order> lines = Collections.nCopies(PAYMENTS, new Order(RECIPIENT, Amount.ofMon(MON), Amount.ZERO, 0, ""));
        try (WalletBench victim =
                new WalletBench(database, directory, chain, nodes, store -> new DyingStore(store, 1, false))) {
            assertThat(victim.payAll(victim.faucet(), lines, "payday")
                            .handle((accepted, failure) -> true)
                            .toCompletableFuture()
                            .join())
                    .isTrue();
        }

        try (WalletBench survivor = new WalletBench(database, directory, chain, nodes)) {
            Account faucet = survivor.faucet();
            assertThat(survivor.store().list(chain.network(), faucet.wallet(), null, 10))
                    .extracting(Transfer::state)
                    .containsOnly(TransferState.REQUESTED);
            Payouts.Accepted again = Answers.await(survivor.payAll(faucet, lines, "payday"));
            survivor.runUntil(() -> chain.balance(RECIPIENT) == PAYMENTS * MON
                    && survivor.engine().desk().openCount() == 0);

            assertThat(again.replayed()).isTrue();
            assertThat(chain.nextNonce(faucet.key())).isEqualTo(PAYMENTS);
        }
    }

    /** Accepts payments and follows them until the store dies or all are final; returns those that were answered. */
    private static Life runUntilKilled(
            TestDatabase database,
            Path home,
            FakeChain chain,
            List<FakeNode> nodes,
            int fatalWrite,
            boolean behindTheWrite) {
        AtomicReference<DyingStore> dying = new AtomicReference<>();
        try (WalletBench victim = new WalletBench(database, home, chain, nodes, store -> {
            dying.set(new DyingStore(store, fatalWrite, behindTheWrite));
            return dying.get();
        })) {
            Account faucet = victim.faucet();
            List<CompletableFuture<Acceptance>> answers = new ArrayList<>();
            for (int i = 0; i < PAYMENTS; i++) {
                answers.add(victim.pay(faucet, RECIPIENT, MON, "payment-" + i));
            }
            List<Transfer> accepted = new ArrayList<>();
            for (CompletableFuture<Acceptance> answer : answers) {
                try {
                    accepted.add(answer.join().transfer());
                } catch (CompletionException e) {
                    assertThat(e).hasCauseInstanceOf(StoreException.class);
                }
            }
            Awaitility.await().until(() -> {
                victim.round();
                chain.mine();
                return dying.get().isDead()
                        || accepted.stream().allMatch(each -> victim.isIn(each, TransferState.FINAL));
            });
            return new Life(dying.get().isDead(), accepted);
        }
    }

    private record Life(boolean killed, List<Transfer> accepted) {}
}
