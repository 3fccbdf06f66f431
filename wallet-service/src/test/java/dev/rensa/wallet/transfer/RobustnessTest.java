package dev.rensa.wallet.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rensa.protocol.address.Address;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.wallet.fixture.FakeChain;
import dev.rensa.wallet.fixture.FakeNode;
import dev.rensa.wallet.fixture.WalletBench;
import dev.rensa.wallet.key.Account;
import dev.rensa.wallet.store.JdbcReceivedStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What must not spread: one sender's failure, one request's patience, the end of the service. */
class RobustnessTest {

    private static final PublicKey RECIPIENT = PublicKey.fromHex("11".repeat(32));

    @TempDir
    Path directory;

    private final FakeChain chain = FakeChain.development();
    private final FakeNode node = new FakeNode("a", chain);

    @Test
    void shouldLookAfterTheOtherSendersWhenOneFails() {
        try (WalletBench bench = new WalletBench(directory, chain, List.of(node))) {
            Account sick = bench.wallets().create("sick").wallet().accounts().getFirst();
            Account well = bench.wallets().create("well").wallet().accounts().getFirst();
            chain.fund(sick.key(), 100);
            chain.fund(well.key(), 100);
            node.setBrokenAccount(new Address(chain.genesis().addressPrefix(), sick.key()).toString());
            List<Transfer> both = List.of(
                    bench.pay(sick, RECIPIENT, 1, "sick").join().transfer(),
                    bench.pay(well, RECIPIENT, 1, "well").join().transfer());
            bench.lookUntil(() -> both.stream().allMatch(each -> bench.isIn(each, TransferState.SUBMITTED)));

            chain.loseMempool();

            bench.lookUntil(() -> chain.mempoolSize() == 1);
            node.setBrokenAccount("");
            bench.runUntil(() -> both.stream().allMatch(each -> bench.isIn(each, TransferState.FINAL)));
        }
    }

    @Test
    void shouldLookAfterPaymentsWhenAnOlderBlockCannotBeLookedThrough() {
        try (WalletBench bench = new WalletBench(directory, chain, List.of(node))) {
            JdbcReceivedStore received = new JdbcReceivedStore(bench.database());
            chain.mine(5);
            bench.round();
            Transfer transfer =
                    bench.pay(bench.faucet(), RECIPIENT, 1, "key").join().transfer();
            Awaitility.await().until(() -> bench.isIn(transfer, TransferState.SUBMITTED));
            node.setBrokenBlock(2);
            received.requestSearch(chain.network());
            chain.loseMempool();

            bench.runUntil(() -> bench.isIn(transfer, TransferState.FINAL));
            assertThat(received.search(chain.network())).isPresent();
            node.setBrokenBlock(-1);
            bench.lookUntil(() -> received.search(chain.network()).isEmpty());
        }
    }

    @Test
    void shouldAnswerEveryRequestThatMeetsTheEnd() throws Exception {
        WalletBench bench = new WalletBench(directory, chain, List.of(node));
        Account faucet = bench.faucet();
        AtomicBoolean closed = new AtomicBoolean();
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<CompletableFuture<Acceptance>>>> asked = new ArrayList<>();
            for (int client = 0; client < 8; client++) {
                asked.add(clients.submit(() -> {
                    List<CompletableFuture<Acceptance>> answers = new ArrayList<>();
                    while (answers.size() < 200 || (!closed.get() && answers.size() < 2000)) {
                        answers.add(bench.pay(faucet, RECIPIENT, 1, null));
                    }
                    return answers;
                }));
            }
            bench.close();
            closed.set(true);

            List<CompletableFuture<Acceptance>> answers = new ArrayList<>();
            for (Future<List<CompletableFuture<Acceptance>>> client : asked) {
                answers.addAll(client.get());
            }
            // One wait for all: there are thousands, most of them there already.
            assertThat(CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                            .handle((all, refused) -> true)
                            .get(10, TimeUnit.SECONDS))
                    .isTrue();
            assertThat(answers).hasSizeGreaterThanOrEqualTo(80);
        }
    }

    @Test
    void shouldNotWaitForEverForAnAnswer() {
        assertThatThrownBy(() -> Answers.await(new CompletableFuture<>(), Duration.ofMillis(10)))
                .isInstanceOf(DeskSilentException.class);
    }

    @Test
    void shouldTellWhenItMadeProgressLast() {
        try (WalletBench bench = new WalletBench(directory, chain, List.of(node))) {
            Heartbeat rounds = bench.engine().tracker().heartbeat();
            Heartbeat desk = bench.engine().desk().heartbeat();
            Awaitility.await().until(() -> rounds.silentMillis() > 300);

            bench.round();

            assertThat(rounds.silentMillis()).isLessThan(300);
            Awaitility.await().until(() -> desk.silentMillis() > 300);
            Awaitility.await().until(() -> desk.silentMillis() < 300);
        }
    }
}
