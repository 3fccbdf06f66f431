package dev.rensa.wallet.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.money.Amount;
import dev.rensa.wallet.fixture.FakeChain;
import dev.rensa.wallet.fixture.FakeNode;
import dev.rensa.wallet.fixture.TestDatabase;
import dev.rensa.wallet.fixture.WalletBench;
import dev.rensa.wallet.key.Account;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Raising the fee of a transfer, and cancelling it. */
class ChangeTest {

    private static final PublicKey RECIPIENT = PublicKey.fromHex("11".repeat(32));

    @TempDir
    Path directory;

    private final FakeChain chain = FakeChain.development();
    private final FakeNode node = new FakeNode("a", chain);
    private TestDatabase database;
    private WalletBench bench;
    private Account faucet;

    TestDatabase database(Path home) {
        return TestDatabase.sqlite(home);
    }

    @BeforeEach
    void open() {
        database = database(directory);
        bench = new WalletBench(database, directory, chain, List.of(node));
        faucet = bench.faucet();
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void shouldPayOnceWithTheRaisedFee() {
        Transfer transfer = submitted(5, "k");

        Transfer raised = Answers.await(
                bench.engine().changes().raiseFee(transfer, Amount.ofMon(7), bench.account(faucet.key()), "alice"));
        bench.awaitReplacement(transfer);
        bench.runUntil(() -> bench.isIn(transfer, TransferState.FINAL));

        assertThat(raised.nonce()).isZero();
        assertThat(bench.current(transfer).transaction().fee()).isEqualTo(Amount.ofMon(7));
        assertThat(chain.balance(RECIPIENT)).isEqualTo(5);
        assertThat(bench.store().history(transfer.id()))
                .anyMatch(
                        event -> event.actor().equals("alice") && event.cause().contains("raised to 7 mon"));
    }

    @Test
    void shouldKnowThePaymentWhenTheFormerTransactionIsMinedAfterARestart() {
        Transfer transfer = submitted(5, "k");
        node.setDown(true);
        Answers.await(bench.engine()
                .changes()
                .raiseFee(bench.current(transfer), Amount.ofMon(7), bench.account(faucet.key()), "alice"));
        chain.mine();
        bench.close();
        node.setDown(false);
        bench = new WalletBench(database, directory, chain, List.of(node));

        bench.runUntil(() -> bench.isIn(transfer, TransferState.FINAL));

        assertThat(bench.current(transfer).transaction().fee()).isEqualTo(Amount.ZERO);
        assertThat(chain.balance(RECIPIENT)).isEqualTo(5);
        assertThat(chain.nextNonce(faucet.key())).isEqualTo(1);
    }

    @Test
    void shouldAskForATenthMore() {
        Transfer transfer = submitted(5, "k");
        Answers.await(
                bench.engine().changes().raiseFee(transfer, Amount.ofMon(100), bench.account(faucet.key()), "alice"));

        assertThatThrownBy(() -> Answers.await(bench.engine()
                        .changes()
                        .raiseFee(bench.current(transfer), Amount.ofMon(109), bench.account(faucet.key()), "alice")))
                .isInstanceOf(TransferRefusedException.class)
                .hasMessageContaining("at least 110 mon");
    }

    @Test
    void shouldRefuseAFeeThatTheAccountCannotPayBesideItsOtherPayments() {
        Account small = bench.wallets().create("small").wallet().accounts().getFirst();
        chain.fund(small.key(), 100);
        Transfer first = bench.pay(small, RECIPIENT, 10, "first").join().transfer();
        Transfer second = bench.pay(small, RECIPIENT, 20, "second").join().transfer();
        bench.lookUntil(
                () -> bench.isIn(first, TransferState.SUBMITTED) && bench.isIn(second, TransferState.SUBMITTED));

        assertThatThrownBy(() -> Answers.await(bench.engine()
                        .changes()
                        .raiseFee(bench.current(second), Amount.ofMon(71), bench.account(small.key()), "alice")))
                .isInstanceOf(TransferRefusedException.class)
                .hasMessageContaining("10 mon are promised");
        Answers.await(bench.engine()
                .changes()
                .raiseFee(bench.current(second), Amount.ofMon(70), bench.account(small.key()), "alice"));
        assertThat(bench.store().promised(chain.network(), small.key(), 0)).isEqualTo(100);

        bench.awaitReplacement(second);
        bench.runUntil(() -> bench.isIn(first, TransferState.FINAL) && bench.isIn(second, TransferState.FINAL));
        assertThat(chain.balance(small.key())).isZero();
    }

    @Test
    void shouldEndACancelledTransferUnpaid() {
        Transfer transfer = submitted(5, "k");

        Answers.await(bench.engine().changes().cancel(transfer, "alice"));
        bench.awaitReplacement(transfer);
        bench.runUntil(() -> bench.isIn(transfer, TransferState.REPLACED));

        assertThat(bench.current(transfer).reasonCode()).isEqualTo("cancelled");
        assertThat(chain.balance(RECIPIENT)).isZero();
        Transfer next = bench.pay(faucet, RECIPIENT, 6, "next").join().transfer();
        bench.runUntil(() -> bench.isIn(next, TransferState.FINAL));
        assertThat(bench.current(next).nonce()).isEqualTo(1);
        Endings endings = bench.engine().desk().endings();
        assertThat(endings.count(Endings.Ending.CANCELLED)).isEqualTo(1);
        assertThat(endings.count(Endings.Ending.REPLACED)).isZero();
        assertThat(endings.count(Endings.Ending.FINAL)).isEqualTo(1);
    }

    @Test
    void shouldCancelATransferThatWaitsForFunds() {
        Account poor = bench.wallets().create("poor").wallet().accounts().getFirst();
        chain.fund(poor.key(), 10);
        node.setDown(true);
        bench.round();
        Transfer transfer = bench.pay(poor, RECIPIENT, 10, "k").join().transfer();
        chain.fund(poor.key(), -5);
        node.setDown(false);
        bench.lookUntil(
                () -> "insufficient-funds".equals(bench.current(transfer).reasonCode()));

        Answers.await(bench.engine().changes().cancel(bench.current(transfer), "alice"));
        bench.runUntil(() -> bench.isIn(transfer, TransferState.REPLACED));

        assertThat(bench.current(transfer).reasonCode()).isEqualTo("cancelled");
        assertThat(chain.balance(RECIPIENT)).isZero();
    }

    @Test
    void shouldCallACancelledTransferPaidWhenAReorganisationMinesItAfterAll() {
        Transfer transfer = submitted(5, "k");
        chain.mine();
        List<Block> paying = chain.blocks();
        chain.reorganise(1);
        chain.loseMempool();
        bench.lookUntil(() -> bench.isIn(transfer, TransferState.SUBMITTED));
        Answers.await(bench.engine().changes().cancel(bench.current(transfer), "alice"));
        bench.awaitReplacement(transfer);
        bench.runUntil(() -> bench.isIn(transfer, TransferState.REPLACED));

        chain.recall(paying);

        bench.runUntil(() -> bench.isIn(transfer, TransferState.FINAL));
        assertThat(chain.balance(RECIPIENT)).isEqualTo(5);
    }

    @Test
    void shouldNotChangeWhatIsMined() {
        Transfer transfer = submitted(5, "k");
        bench.runUntil(() -> bench.isIn(transfer, TransferState.FINAL));

        assertThatThrownBy(() -> Answers.await(bench.engine().changes().cancel(transfer, "alice")))
                .isInstanceOfSatisfying(
                        TransferRefusedException.class,
                        e -> assertThat(e.code()).isEqualTo(TransferRefusedException.NOT_CHANGEABLE));
    }

    private Transfer submitted(long mon, String key) {
        Transfer transfer = bench.pay(faucet, RECIPIENT, mon, key).join().transfer();
        bench.lookUntil(() -> bench.isIn(transfer, TransferState.SUBMITTED));
        return transfer;
    }
}
