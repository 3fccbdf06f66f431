package dev.rensa.wallet.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.wallet.fixture.FakeChain;
import dev.rensa.wallet.fixture.FakeNode;
import dev.rensa.wallet.fixture.TestDatabase;
import dev.rensa.wallet.fixture.WalletBench;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A replica saw its payment in a block that the writer of the list of blocks never followed, and goes on from that list. Both
 * may see the chain at different times: a look is asked for by the test.
 */
class ChainTakeoverTest {

    private static final PublicKey RECIPIENT = PublicKey.fromHex("11".repeat(32));

    @TempDir
    Path directory;

    private final FakeChain chain = FakeChain.development();
    private WalletBench writer;
    private WalletBench payer;

    @BeforeEach
    void open() {
        TestDatabase database = TestDatabase.postgresql();
        List<FakeNode> nodes = List.of(new FakeNode("a", chain));
        writer = new WalletBench(database, directory, chain, nodes);
        payer = new WalletBench(database, directory, chain, nodes);
        chain.mine(3);
        writer.round();
        payer.round();
    }

    @AfterEach
    void close() {
        payer.close();
        writer.close();
    }

    @Test
    void shouldPayAgainWhatItsFormerBlocksHeldWhenItTakesTheListOver() {
        Transfer transfer = payAndSeeItMined();
        moveToAnotherBranch();
        writer.round();

        takeOver();
        payer.round();

        requirePaid(transfer);
    }

    @Test
    void shouldNotTrustTheNodeWithABlockThatTheWrittenListHasAnotherFor() {
        Transfer transfer = payAndSeeItMined();
        List<Block> former = chain.blocks();
        moveToAnotherBranch();
        writer.round();
        List<Block> next = chain.blocks();

        takeOver();
        chain.recall(former);
        chain.mine();
        payer.round();
        chain.recall(next);

        requirePaid(transfer);
    }

    @Test
    void shouldPayAgainWhatItsFormerBlocksHeldWhenItReadsTheListAnew() throws IOException {
        Transfer transfer = payAndSeeItMined();
        moveToAnotherBranch();
        writer.round();

        // As it does behind a failure of the database.
        payer.engine().tracker().between(() -> true);

        requirePaid(transfer);
    }

    private Transfer payAndSeeItMined() {
        Transfer transfer =
                payer.pay(payer.faucet(), RECIPIENT, 7, "key").join().transfer();
        Awaitility.await().until(() -> payer.isIn(transfer, TransferState.SUBMITTED));
        chain.mine();
        payer.round();
        assertThat(payer.isIn(transfer, TransferState.MINED)).isTrue();
        return transfer;
    }

    private void moveToAnotherBranch() {
        chain.reorganise(1);
        chain.loseMempool();
    }

    private void takeOver() {
        writer.close();
        Awaitility.await().until(() -> Answers.await(payer.engine().desk().with(chain.network(), Ledger::keepsChain)));
    }

    private void requirePaid(Transfer transfer) {
        payer.runUntil(() -> payer.isIn(transfer, TransferState.FINAL));
        assertThat(chain.balance(RECIPIENT)).isEqualTo(7);
        Transfer paid = payer.current(transfer);
        long height = Objects.requireNonNull(paid.height());
        assertThat(chain.block(height).orElseThrow().hash()).isEqualTo(paid.block());
    }
}
