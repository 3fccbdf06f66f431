package dev.rensa.explorer.index;

import static dev.rensa.explorer.fixture.TestNetwork.ALICE;
import static dev.rensa.explorer.fixture.TestNetwork.BOB;
import static dev.rensa.explorer.fixture.TestNetwork.transfer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.explorer.fixture.FakeNode;
import dev.rensa.explorer.fixture.TestChain;
import dev.rensa.explorer.fixture.TestNetwork;
import dev.rensa.explorer.fixture.TestWatch;
import dev.rensa.explorer.index.AccountEntry.Reward;
import dev.rensa.protocol.crypto.PublicKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountHistoryTest {

    private static final int ROUNDS = 6;

    @TempDir
    private Path folder;

    TestDatabase database() {
        return TestDatabase.sqlite(folder.resolve("index.db"));
    }

    @Test
    void shouldHoldWhateverMadeTheBalance() {
        AccountHistory history = indexed();

        for (PublicKey key : List.of(ALICE.publicKey(), BOB.publicKey(), TestNetwork.MINER)) {
            AccountHistory.Account account = history.account(key, 100).orElseThrow();
            long sum = account.state().allocated();
            for (AccountEntry entry : account.entries()) {
                sum += entry.changeOf(key);
            }
            assertThat(sum).isEqualTo(account.state().balance());
            assertThat(account.whole()).isTrue();
        }
        assertThat(history.account(TestNetwork.key(77).publicKey(), 5)).isEmpty();
    }

    @Test
    void shouldPageThroughTransactionsAndRewardsWithoutGapOrDouble() {
        AccountHistory history = indexed();
        List<AccountEntry> all =
                history.account(BOB.publicKey(), 100).orElseThrow().entries();

        List<AccountEntry> paged = new ArrayList<>();
        AccountHistory.Page page = history.page(BOB.publicKey(), AccountHistory.END, 2);
        while (!page.entries().isEmpty()) {
            paged.addAll(page.entries());
            page = history.page(BOB.publicKey(), page.last(), 2);
        }

        assertThat(paged).isEqualTo(all).hasSize(3 * ROUNDS);
        assertThat(paged.getFirst()).isInstanceOf(Reward.class);
        assertThat(paged.get(1).height()).isEqualTo(paged.getFirst().height());
    }

    /** Blocks that Bob mined and that hold a transfer to him and one by him. */
    private AccountHistory indexed() {
        TestChain chain = TestChain.start();
        for (int nonce = 0; nonce < ROUNDS; nonce++) {
            chain = chain.with(
                            BOB.publicKey(),
                            TestNetwork.EASY,
                            transfer(ALICE, nonce, BOB.publicKey(), 100, ""),
                            transfer(BOB, nonce, ALICE.publicKey(), 7, ""))
                    .withEmpty(1);
        }
        TestDatabase database = database();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            ChainIndexer indexer = new ChainIndexer(
                    new TestWatch(new FakeNode(1, chain)).directory(), database.store(), executor, System::nanoTime);
            while (indexer.step()) {
                // Until it is there.
            }
        }
        return database.accountHistory();
    }
}
