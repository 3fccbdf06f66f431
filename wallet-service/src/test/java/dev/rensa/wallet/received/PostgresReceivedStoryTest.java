package dev.rensa.wallet.received;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.wallet.fixture.FakeChain;
import dev.rensa.wallet.fixture.FakeNode;
import dev.rensa.wallet.fixture.TestDatabase;
import dev.rensa.wallet.fixture.WalletBench;
import dev.rensa.wallet.key.Account;
import dev.rensa.wallet.key.WalletId;
import dev.rensa.wallet.store.JdbcReceivedStore;
import dev.rensa.wallet.store.JdbcTransferFeed;
import dev.rensa.wallet.transfer.NoticeType;
import dev.rensa.wallet.transfer.TransferFeed;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The same on PostgreSQL, and what several processes do there. */
class PostgresReceivedStoryTest extends ReceivedStoryTest {

    private static final PublicKey WATCHED = PublicKey.fromHex("44".repeat(32));

    @Override
    TestDatabase database(Path at) {
        return TestDatabase.postgresql();
    }

    /** The one that reads faster than the other writes must not leave out what the other has not written. */
    @Test
    void shouldMissNothingAndDoubleNothingWhenTheWriterDies() {
        FakeChain chain = FakeChain.development();
        FakeNode node = new FakeNode("b", chain);
        TestDatabase home = TestDatabase.postgresql();
        WalletBench writer = new WalletBench(home, directory, chain, List.of(node));
        try (writer;
                WalletBench reader = new WalletBench(home, directory, chain, List.of(node))) {
            WalletId wallet = writer.wallets().watch("till", List.of(WATCHED)).id();
            Account faucet = writer.faucet();
            writer.round();
            reader.round();
            pay(writer, chain, faucet, 1);
            writer.round();
            reader.round();
            pay(writer, chain, faucet, 2);
            reader.round();
            assertThat(amounts(reader, chain, wallet)).containsExactly(1L);

            writer.close();
            pay(reader, chain, faucet, 3);
            reader.runUntil(() -> amounts(reader, chain, wallet).size() == 3);

            assertThat(amounts(reader, chain, wallet)).containsExactly(3L, 2L, 1L);
            assertThat(new JdbcTransferFeed(reader.database())
                            .after(0, new TransferFeed.Filter(wallet, null, NoticeType.named("received.mined")), 100)
                            .notices())
                    .hasSize(3);
        }
    }

    private static void pay(WalletBench bench, FakeChain chain, Account from, long mon) {
        bench.pay(from, WATCHED, mon, "pay " + mon).join();
        Awaitility.await().until(() -> chain.mempoolSize() == 1);
        chain.mine();
    }

    private static List<Long> amounts(WalletBench bench, FakeChain chain, WalletId wallet) {
        return new JdbcReceivedStore(bench.database())
                .list(chain.network(), wallet, null, null, 100).stream()
                        .map(each -> each.amount().mon())
                        .toList();
    }
}
