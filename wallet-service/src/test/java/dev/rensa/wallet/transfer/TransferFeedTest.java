package dev.rensa.wallet.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.money.Amount;
import dev.rensa.wallet.fixture.FakeChain;
import dev.rensa.wallet.fixture.FakeNode;
import dev.rensa.wallet.fixture.TestDatabase;
import dev.rensa.wallet.fixture.WalletBench;
import dev.rensa.wallet.key.Account;
import dev.rensa.wallet.store.JdbcTransferFeed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The order in which all steps of all transfers can be read. */
class TransferFeedTest {

    private static final PublicKey RECIPIENT = PublicKey.fromHex("11".repeat(32));
    private static final long MUCH = 1_000_000_000L;

    @TempDir
    Path directory;

    private final FakeChain chain = FakeChain.development();
    private final List<FakeNode> nodes = List.of(new FakeNode("a", chain), new FakeNode("b", chain));

    TestDatabase database(Path home) {
        return TestDatabase.sqlite(home);
    }

    /** How many processes write. */
    int writers() {
        return 1;
    }

    @Test
    void shouldShowEveryStepOnceInItsOrderToWhoReadsAlong() throws Exception {
        TestDatabase home = database(directory);
        TransferFeed feed = new JdbcTransferFeed(home.open());
        List<WalletBench> benches = new ArrayList<>();
        for (int i = 0; i < writers(); i++) {
            benches.add(new WalletBench(home, directory, chain, nodes));
        }
        AtomicBoolean done = new AtomicBoolean();
        List<Notice> seen = new ArrayList<>();

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> reader = threads.submit(() -> {
                long position = 0;
                boolean last = false;
                while (!last) {
                    last = done.get();
                    TransferFeed.Page page = feed.after(position, TransferFeed.Filter.ALL, 7);
                    seen.addAll(page.notices());
                    last = last && page.upTo() == position;
                    position = page.upTo();
                }
            });
            List<CompletableFuture<Acceptance>> answers = new ArrayList<>();
            for (WalletBench bench : benches) {
                Account account =
                        bench.wallets().create("payer").wallet().accounts().getFirst();
                chain.fund(account.key(), MUCH);
                for (int i = 0; i < 100; i++) {
                    answers.add(bench.pay(account, RECIPIENT, 1, null));
                }
            }
            answers.forEach(CompletableFuture::join);
            benches.getFirst().runUntil(() -> {
                benches.forEach(WalletBench::round);
                return chain.balance(RECIPIENT) == answers.size()
                        && benches.stream()
                                .allMatch(bench -> bench.engine().desk().openCount() == 0);
            });
            done.set(true);
            reader.get();
        } finally {
            benches.forEach(WalletBench::close);
        }

        assertThat(seen)
                .extracting(Notice::sequence)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, feed.last()).boxed().toList());
        assertThat(seen)
                .filteredOn(notice -> notice.type() == NoticeType.TRANSFER_FINAL)
                .hasSize(100 * writers());
    }

    @Test
    void shouldShowWhatIsWantedAlone() {
        TestDatabase home = database(directory);
        TransferFeed feed = new JdbcTransferFeed(home.open());
        try (WalletBench bench = new WalletBench(home, directory, chain, nodes)) {
            Account faucet = bench.faucet();
            Account other = bench.wallets().create("other").wallet().accounts().getFirst();
            chain.fund(other.key(), MUCH);
            Transfer mine = bench.pay(other, RECIPIENT, 5, "mine").join().transfer();
            for (int i = 0; i < 20; i++) {
                bench.pay(faucet, RECIPIENT, 1, null).join();
            }
            bench.runUntil(() -> bench.engine().desk().openCount() == 0);

            TransferFeed.Page ends = feed.after(
                    0, new TransferFeed.Filter(mine.wallet(), null, EnumSet.of(NoticeType.TRANSFER_FINAL)), 100);
            TransferFeed.Page steps = feed.after(0, new TransferFeed.Filter(null, mine.id(), Set.of()), 100);

            assertThat(ends.notices()).hasSize(1);
            TransferNotice end = (TransferNotice) ends.notices().getFirst();
            assertThat(end.event().transfer()).isEqualTo(mine.id());
            assertThat(end.order().amount()).isEqualTo(Amount.ofMon(5));
            assertThat(ends.upTo()).isEqualTo(feed.last());
            assertThat(steps.notices())
                    .extracting(notice -> ((TransferNotice) notice).event())
                    .containsExactlyElementsOf(bench.store().history(mine.id()));
        }
    }
}
