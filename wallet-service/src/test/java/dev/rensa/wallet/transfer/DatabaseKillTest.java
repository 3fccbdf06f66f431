package dev.rensa.wallet.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.wallet.fixture.FakeChain;
import dev.rensa.wallet.fixture.FakeNode;
import dev.rensa.wallet.fixture.TestDatabase;
import dev.rensa.wallet.fixture.TestPostgres;
import dev.rensa.wallet.fixture.WalletBench;
import dev.rensa.wallet.key.Account;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL is killed while transfers are accepted, signed and mined. */
class DatabaseKillTest {

    private static final int PAYMENTS = 300;
    private static final int CLIENTS = 8;
    private static final PublicKey RECIPIENT = PublicKey.fromHex("11".repeat(32));

    @TempDir
    Path directory;

    private final FakeChain chain = FakeChain.development();

    @Test
    void shouldPayEveryAcceptedTransferOnceThoughTheDatabaseIsKilledTwice() throws Exception {
        try (TestPostgres server = TestPostgres.own();
                WalletBench bench = new WalletBench(
                        TestDatabase.of(server.database()), directory, chain, List.of(new FakeNode("a", chain)))) {
            Account faucet = bench.faucet();
            AtomicInteger answered = new AtomicInteger();
            try (var clients = Executors.newFixedThreadPool(CLIENTS)) {
                List<Future<Transfer>> answers = new ArrayList<>();
                for (int i = 0; i < PAYMENTS; i++) {
                    String key = "key-" + i;
                    answers.add(clients.submit(() -> {
                        Transfer accepted = payUntilAnswered(bench, faucet, key);
                        answered.incrementAndGet();
                        return accepted;
                    }));
                }
                Awaitility.await().until(() -> answered.get() >= PAYMENTS / 10);
                server.killAndRestart();
                Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> answered.get() >= PAYMENTS / 2);
                server.killAndRestart();

                List<Transfer> accepted = new ArrayList<>();
                for (Future<Transfer> answer : answers) {
                    accepted.add(answer.get());
                }
                bench.runUntil(() -> chain.balance(RECIPIENT) == PAYMENTS
                        && bench.engine().desk().openCount() == 0);

                assertThat(accepted).extracting(Transfer::id).doesNotHaveDuplicates();
                assertThat(accepted).allMatch(transfer -> bench.isIn(transfer, TransferState.FINAL));
                assertThat(chain.nextNonce(faucet.key())).isEqualTo(PAYMENTS);
            }
        }
    }

    /** As a client does that got no answer: with the same key, until there is one. */
    private static Transfer payUntilAnswered(WalletBench bench, Account faucet, String key) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .ignoreExceptionsInstanceOf(CompletionException.class)
                .until(() -> bench.pay(faucet, RECIPIENT, 1, key).join().transfer(), transfer -> true);
    }
}
