package dev.rensa.wallet.received;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.protocol.crypto.PrivateKey;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.genesis.Genesis;
import dev.rensa.protocol.money.Amount;
import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.protocol.transaction.TransferBody;
import dev.rensa.wallet.fixture.FakeChain;
import dev.rensa.wallet.fixture.FakeNode;
import dev.rensa.wallet.fixture.TestDatabase;
import dev.rensa.wallet.fixture.WalletBench;
import dev.rensa.wallet.key.Account;
import dev.rensa.wallet.key.Mnemonic;
import dev.rensa.wallet.key.Wallet;
import dev.rensa.wallet.key.WalletId;
import dev.rensa.wallet.store.JdbcReceivedStore;
import dev.rensa.wallet.store.JdbcTransferFeed;
import dev.rensa.wallet.transfer.NoticeType;
import dev.rensa.wallet.transfer.ReceivedNotice;
import dev.rensa.wallet.transfer.TransferFeed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What befalls payments that come in. */
class ReceivedStoryTest {

    private static final PublicKey WATCHED = PublicKey.fromHex("22".repeat(32));
    private static final String WORDS = "legal winner thank year wave sausage worth useful legal winner thank yellow";

    @TempDir
    Path directory;

    private final FakeChain chain = FakeChain.development();
    private final FakeNode node = new FakeNode("a", chain);
    private final PrivateKey stranger = PrivateKey.of(
            new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8
            });
    private TestDatabase home;
    private WalletBench bench;
    private Account shop;
    private long nonce;

    TestDatabase database(Path at) {
        return TestDatabase.sqlite(at);
    }

    @BeforeEach
    void open() {
        home = database(directory);
        bench = new WalletBench(home, directory, chain, List.of(node));
        shop = bench.wallets().create("shop").wallet().accounts().getFirst();
        chain.fund(stranger.publicKey(), 1_000_000);
        chain.mine();
        bench.round();
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void shouldTellWhoPaidWhatAndWhenItIsFinal() {
        Transaction paid = send(shop.key(), 150, "order 4711");
        chain.mine();
        bench.round();

        ReceivedPayment mined = received(shop.wallet()).getFirst();
        assertThat(mined.id().toHex()).isEqualTo(paid.id().toHex());
        assertThat(mined.sender()).isEqualTo(stranger.publicKey());
        assertThat(mined.amount()).isEqualTo(Amount.ofMon(150));
        assertThat(mined.memo()).isEqualTo("order 4711");
        assertThat(mined.height()).isEqualTo(chain.height());
        assertThat(mined.block()).isEqualTo(chain.tip().hash());
        assertThat(mined.blockAtMillis()).isEqualTo(chain.tip().header().timestampMillis());
        assertThat(mined.state()).isEqualTo(ReceivedState.MINED);
        chain.mine(WalletBench.CONFIRMATIONS - 1);
        bench.round();
        assertThat(states(shop.wallet())).containsExactly(ReceivedState.FINAL);
        assertThat(told()).containsExactly(NoticeType.RECEIVED_MINED, NoticeType.RECEIVED_FINAL);
    }

    @Test
    void shouldListEachAccountWatchedOnesTooAndNothingOfOthers() {
        WalletId watching = bench.wallets().watch("watched", List.of(WATCHED)).id();
        Account second =
                bench.wallets().addAccount(bench.wallets().find(shop.wallet()).orElseThrow(), "second");
        send(shop.key(), 1, "");
        send(WATCHED, 2, "");
        send(second.key(), 3, "");
        send(PublicKey.fromHex("33".repeat(32)), 4, "");
        chain.mine();
        bench.round();

        assertThat(received(shop.wallet()))
                .extracting(each -> each.amount().mon())
                .containsExactly(3L, 1L);
        assertThat(store().list(chain.network(), shop.wallet(), second.key(), null, 10))
                .extracting(each -> each.amount().mon())
                .containsExactly(3L);
        assertThat(received(watching)).extracting(each -> each.amount().mon()).containsExactly(2L);
    }

    @Test
    void shouldFollowAPaymentThroughReorganisations() {
        send(shop.key(), 150, "");
        chain.mine(2);
        bench.round();

        chain.reorganise(2);
        bench.round();
        assertThat(states(shop.wallet())).containsExactly(ReceivedState.ORPHANED);
        chain.mine(WalletBench.CONFIRMATIONS);
        bench.round();

        ReceivedPayment again = received(shop.wallet()).getFirst();
        assertThat(again.state()).isEqualTo(ReceivedState.FINAL);
        assertThat(again.block())
                .isEqualTo(chain.block(again.height()).orElseThrow().hash());
        chain.reorganise(WalletBench.CONFIRMATIONS + 1);
        chain.loseMempool();
        chain.mine(WalletBench.CONFIRMATIONS);
        bench.round();
        assertThat(states(shop.wallet())).containsExactly(ReceivedState.ORPHANED);
        assertThat(told())
                .containsExactly(
                        NoticeType.RECEIVED_MINED,
                        NoticeType.RECEIVED_ORPHANED,
                        NoticeType.RECEIVED_MINED,
                        NoticeType.RECEIVED_FINAL,
                        NoticeType.RECEIVED_ORPHANED);
    }

    @Test
    void shouldFindAfterARestartWhatCameMeanwhile() {
        bench.close();
        send(shop.key(), 150, "while you were out");
        chain.mine(60);

        bench = new WalletBench(home, directory, chain, List.of(node));
        bench.round();

        assertThat(states(shop.wallet())).containsExactly(ReceivedState.FINAL);
        bench.close();
        bench = new WalletBench(home, directory, chain, List.of(node));
        chain.mine();
        bench.round();
        assertThat(told()).containsExactly(NoticeType.RECEIVED_MINED, NoticeType.RECEIVED_FINAL);
    }

    @Test
    void shouldOrphanEverythingOfAChainThatBeganAnew() {
        chain.mine(20);
        send(shop.key(), 150, "");
        chain.mine(3);
        bench.round();
        assertThat(states(shop.wallet())).containsExactly(ReceivedState.FINAL);

        chain.reset();
        chain.mine(2);
        bench.lookUntil(() -> states(shop.wallet()).contains(ReceivedState.ORPHANED));
    }

    @Test
    void shouldListRewardsWithTheFeesOfTheirBlocks() {
        chain.setMiner(shop.key());
        send(WATCHED, 5, "", 7);
        chain.mine();
        chain.setMiner(PublicKey.ZERO);
        bench.round();

        ReceivedPayment reward = received(shop.wallet()).getFirst();
        assertThat(reward.kind()).isEqualTo(ReceivedPayment.Kind.REWARD);
        assertThat(reward.sender()).isNull();
        assertThat(reward.id().toHex()).isEqualTo(chain.tip().hash().toHex());
        assertThat(reward.amount().mon()).isEqualTo(chain.balance(shop.key()));
        chain.reorganise(1);
        bench.round();
        assertThat(states(shop.wallet())).containsExactly(ReceivedState.ORPHANED);
    }

    @Test
    void shouldLeaveOutWhatAnAccountPaysToItselfAndKeepAnyMemo() {
        chain.fund(shop.key(), 1000);
        bench.pay(shop, shop.key(), 3, "to myself").join();
        bench.lookUntil(() -> chain.mempoolSize() == 1);
        send(shop.key(), 4, "a\u0000b 🍵");
        chain.mine();
        bench.round();

        assertThat(received(shop.wallet())).extracting(ReceivedPayment::memo).containsExactly("a\uFFFDb 🍵");
    }

    @Test
    void shouldGiveItInPages() {
        List<Long> amounts = new ArrayList<>();
        for (long mon = 1; mon <= 7; mon++) {
            send(shop.key(), mon, "");
            amounts.addFirst(mon);
            if (mon % 3 == 0) {
                chain.mine();
            }
        }
        chain.mine();
        bench.round();

        List<Long> seen = new ArrayList<>();
        ReceivedPayment last = null;
        do {
            List<ReceivedPayment> page = store().list(chain.network(), shop.wallet(), null, last, 2);
            page.forEach(each -> seen.add(each.amount().mon()));
            last = page.isEmpty() ? null : page.getLast();
        } while (last != null);

        assertThat(seen).containsExactlyElementsOf(amounts);
    }

    @Test
    void shouldFindInOlderBlocksWhatWasPaidToAnAccountThatCameLater() {
        send(WATCHED, 7, "before it was watched");
        chain.mine(130);
        send(WATCHED, 8, "just now");
        chain.mine();
        bench.round();
        WalletId watching = bench.wallets().watch("watching", List.of(WATCHED)).id();
        assertThat(received(watching)).isEmpty();

        store().requestSearch(chain.network());
        bench.round();
        assertThat(received(watching)).extracting(ReceivedPayment::memo).containsExactly("before it was watched");
        store().requestSearch(chain.network());
        bench.close();
        bench = new WalletBench(home, directory, chain, List.of(node));
        bench.lookUntil(() -> store().search(chain.network()).isEmpty());

        assertThat(states(watching)).containsExactly(ReceivedState.MINED, ReceivedState.FINAL);
        chain.mine(WalletBench.CONFIRMATIONS);
        bench.round();
        assertThat(states(watching)).containsExactly(ReceivedState.FINAL, ReceivedState.FINAL);
        TransferFeed feed = new JdbcTransferFeed(bench.database());
        assertThat(feed.after(0, new TransferFeed.Filter(watching, null, Set.of()), 100)
                        .notices())
                .as("what was final before is no news")
                .hasSize(2);
    }

    @Test
    void shouldFindWhatWasPaidToAnAccountThatCameBeforeAnyNodeWasSeen() throws IOException {
        send(WATCHED, 7, "before there was a wallet");
        chain.mine(WalletBench.CONFIRMATIONS);
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        TestDatabase late = database(elsewhere);
        try (WalletBench other = new WalletBench(late, elsewhere, chain, List.of(node))) {
            WalletId watching =
                    other.wallets().watch("watching", List.of(WATCHED)).id();
            ReceivedStore store = new JdbcReceivedStore(other.database());

            other.round();
            other.lookUntil(() -> store.search(chain.network()).isEmpty());

            assertThat(store.list(chain.network(), watching, null, null, 10))
                    .extracting(ReceivedPayment::memo)
                    .containsExactly("before there was a wallet");
        }
    }

    @Test
    void shouldSearchEachKnownNetworkWhenNoneIsSeen() {
        assertThat(store().search(chain.network())).isEmpty();

        store().requestSearches();

        assertThat(store().search(chain.network()))
                .hasValueSatisfying(search -> assertThat(search.nextHeight()).isEqualTo(Search.FIRST_HEIGHT));
    }

    @Test
    void shouldGoOverToTheWalletThatCanPay() throws IOException {
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        PublicKey key;
        try (WalletBench other = new WalletBench(elsewhere, chain, List.of(node))) {
            key = imported(other).accounts().getFirst().key();
        }
        bench.wallets().watch("watching", List.of(key));
        send(key, 5, "");
        chain.mine();
        bench.round();

        assertThat(received(imported(bench).id()))
                .extracting(each -> each.amount().mon())
                .containsExactly(5L);
    }

    private static Wallet imported(WalletBench into) {
        try (Mnemonic mnemonic = Mnemonic.parse(WORDS)) {
            return into.wallets().importMnemonic("owner", mnemonic);
        }
    }

    private Transaction send(PublicKey recipient, long mon, String memo) {
        return send(recipient, mon, memo, 0);
    }

    private Transaction send(PublicKey recipient, long mon, String memo, long fee) {
        Transaction transaction = new TransferBody(
                        Genesis.networkId(chain.network()),
                        stranger.publicKey(),
                        nonce++,
                        recipient,
                        Amount.ofMon(mon),
                        Amount.ofMon(fee),
                        0,
                        memo)
                .sign(stranger, chain.network(), new byte[32]);
        assertThat(chain.submit(List.of(transaction)).rejected()).isZero();
        return transaction;
    }

    private JdbcReceivedStore store() {
        return new JdbcReceivedStore(bench.database());
    }

    private List<ReceivedPayment> received(WalletId wallet) {
        return store().list(chain.network(), wallet, null, null, 100);
    }

    private List<ReceivedState> states(WalletId wallet) {
        return received(wallet).stream().map(ReceivedPayment::state).toList();
    }

    /** What the feed tells of the shop's one payment, its steps numbered without a gap. */
    private List<NoticeType> told() {
        TransferFeed feed = new JdbcTransferFeed(bench.database());
        var filter = new TransferFeed.Filter(shop.wallet(), null, NoticeType.named("received"));
        List<ReceivedNotice> notices = feed.after(0, filter, 100).notices().stream()
                .map(ReceivedNotice.class::cast)
                .toList();
        for (int i = 0; i < notices.size(); i++) {
            assertThat(notices.get(i).payment().version()).isEqualTo(i + 1);
        }
        return notices.stream().map(ReceivedNotice::type).toList();
    }
}
