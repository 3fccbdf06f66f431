package dev.rensa.wallet.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.money.Amount;
import dev.rensa.wallet.fixture.Burial;
import dev.rensa.wallet.fixture.FakeChain;
import dev.rensa.wallet.fixture.FakeNode;
import dev.rensa.wallet.fixture.TestDatabase;
import dev.rensa.wallet.fixture.WalletBench;
import dev.rensa.wallet.key.Account;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a client may believe of the answer to a payout. */
class PayoutStoryTest {

    private static final PublicKey RECIPIENT = PublicKey.fromHex("11".repeat(32));

    @TempDir
    Path directory;

    private final FakeChain chain = FakeChain.development();
    private final List<FakeNode> nodes = List.of(new FakeNode("a", chain));

    /** Signatures of 600 lines take two commits: it is buried before the first, and between them. */
    @Test
    void shouldAnswerThatItIsAcceptedThoughTheLeaseIsLostBehindThat() {
        Burial burial = new Burial();
        TestDatabase home = TestDatabase.sqlite(directory);
        try (WalletBench bench =
                new WalletBench(home, directory, chain, nodes, store -> burial.before(store, home::open))) {
            Account faucet = bench.faucet();

            for (int commits = 0; commits < 2; commits++) {
                burial.after(commits);
                Payouts.Accepted accepted = Answers.await(bench.payAll(faucet, lines(600), "payday " + commits));
                assertThat(accepted.replayed()).isFalse();
                bench.runUntil(() -> burial.isDone() && bench.engine().desk().openCount() == 0);
            }

            assertThat(chain.balance(RECIPIENT)).isEqualTo(1200);
            assertThat(chain.nextNonce(faucet.key())).isEqualTo(1200);
        }
    }

    @Test
    void shouldAcceptAPayoutOnceWhenTwoReplicasAreAskedAtOnce() {
        TestDatabase database = TestDatabase.postgresql();
        try (WalletBench first = new WalletBench(database, directory, chain, nodes);
                WalletBench second = new WalletBench(database, directory, chain, nodes)) {
            Account faucet = first.faucet();

            for (int i = 0; i < 20; i++) {
                var left = first.payAll(faucet, lines(3), "payday " + i);
                var right = second.payAll(faucet, lines(3), "payday " + i);
                Payouts.Accepted one = Answers.await(left);
                Payouts.Accepted other = Answers.await(right);
                assertThat(one.payout().id()).isEqualTo(other.payout().id());
                assertThat(one.replayed()).isNotEqualTo(other.replayed());
            }

            first.runUntil(() -> {
                second.round();
                return chain.nextNonce(faucet.key()) == 60 && chain.balance(RECIPIENT) == 60;
            });
        }
    }

    private static List<Order> lines(int count) {
        return IntStream.range(0, count)
                .mapToObj(line -> new Order(RECIPIENT, Amount.ofMon(1), Amount.ZERO, 0, "line " + line))
                .toList();
    }
}
