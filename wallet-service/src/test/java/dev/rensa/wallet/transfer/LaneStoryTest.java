package dev.rensa.wallet.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rensa.protocol.api.BatchView;
import dev.rensa.protocol.block.Block;
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
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What befalls transfers between acceptance and finality. */
class LaneStoryTest {

    private static final PublicKey RECIPIENT = PublicKey.fromHex("11".repeat(32));

    @TempDir
    Path directory;

    private FakeChain chain;
    private FakeNode first;
    private FakeNode second;
    private WalletBench bench;
    private Account faucet;

    @BeforeEach
    void open() {
        chain = FakeChain.development();
        first = new FakeNode("a", chain);
        second = new FakeNode("b", chain);
        bench = new WalletBench(database(directory), directory, chain, List.of(first, second));
        faucet = bench.faucet();
    }

    TestDatabase database(Path home) {
        return TestDatabase.sqlite(home);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void shouldHandOutNoncesWithoutGapOrDoubleToAThousandAtOnce() throws Exception {
        int requests = 1000;

        List<Transfer> accepted;
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Transfer>> answers = IntStream.range(0, requests)
                    .mapToObj(i -> clients.submit(() ->
                            bench.pay(faucet, RECIPIENT, 1, "key-" + i).join().transfer()))
                    .toList();
            accepted = new java.util.ArrayList<>();
            for (Future<Transfer> answer : answers) {
                accepted.add(answer.get());
            }
        }
        bench.runUntil(() ->
                chain.balance(RECIPIENT) == requests && bench.engine().desk().openCount() == 0);

        assertThat(accepted.stream().map(bench::current).map(Transfer::nonce))
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(0, requests).boxed().toList());
        assertThat(accepted).allMatch(transfer -> bench.isIn(transfer, TransferState.FINAL));
    }

    @Test
    void shouldTellTheWholeStoryInTheAuditLog() {
        Transfer transfer = bench.pay(faucet, RECIPIENT, 5, "k").join().transfer();

        bench.runUntil(() -> bench.isIn(transfer, TransferState.FINAL));

        assertThat(bench.store().history(transfer.id()))
                .extracting(TransferEvent::state)
                .containsSubsequence(
                        TransferState.REQUESTED,
                        TransferState.RESERVED,
                        TransferState.SIGNED,
                        TransferState.MINED,
                        TransferState.FINAL);
    }

    @Test
    void shouldAnswerTheSameKeyWithTheSameTransferAndRefuseItForAnother() {
        Transfer original = bench.pay(faucet, RECIPIENT, 5, "k").join().transfer();

        Acceptance again = bench.pay(faucet, RECIPIENT, 5, "k").join();
        CompletableFuture<Acceptance> other = bench.pay(faucet, RECIPIENT, 6, "k");

        assertThat(again.replayed()).isTrue();
        assertThat(again.transfer().id()).isEqualTo(original.id());
        assertThatThrownBy(other::join)
                .cause()
                .isInstanceOfSatisfying(
                        TransferRefusedException.class,
                        e -> assertThat(e.code()).isEqualTo(TransferRefusedException.KEY_REUSED));
    }

    @Test
    void shouldCountWhatIsPromisedAlready() {
        Account poor = bench.wallets().create("poor").wallet().accounts().getFirst();
        chain.fund(poor.key(), 100);

        bench.pay(poor, RECIPIENT, 60, "a").join();
        CompletableFuture<Acceptance> tooMuch = bench.pay(poor, RECIPIENT, 41, "b");
        Transfer exact = bench.pay(poor, RECIPIENT, 40, "c").join().transfer();

        assertThatThrownBy(tooMuch::join).hasMessageContaining("60 mon are promised");
        bench.runUntil(() -> bench.isIn(exact, TransferState.FINAL));
        assertThat(chain.balance(poor.key())).isZero();
    }

    @Test
    void shouldMineAgainWhatAReorganisationRemoved() {
        Transfer transfer = bench.pay(faucet, RECIPIENT, 5, "k").join().transfer();
        bench.lookUntil(() -> bench.isIn(transfer, TransferState.SUBMITTED));
        chain.mine();
        bench.lookUntil(() -> bench.isIn(transfer, TransferState.MINED));

        chain.reorganise(1);
        chain.loseMempool();
        bench.lookUntil(() -> bench.isIn(transfer, TransferState.SUBMITTED) && chain.mempoolSize() == 1);
        bench.runUntil(() -> bench.isIn(transfer, TransferState.FINAL));

        assertThat(chain.balance(RECIPIENT)).isEqualTo(5);
        assertThat(bench.store().history(transfer.id()))
                .extracting(TransferEvent::cause)
                .anyMatch(cause -> cause.contains("left the canonical chain"));
    }

    @Test
    void shouldTakeUpAFinalTransferAgainWhenADeepReorganisationRemovesIt() {
        Transfer transfer = bench.pay(faucet, RECIPIENT, 5, "k").join().transfer();
        bench.runUntil(() -> bench.isIn(transfer, TransferState.FINAL));
        int depth = (int) (chain.height() - bench.current(transfer).height() + 1);

        chain.reorganise(depth);
        chain.loseMempool();
        bench.lookUntil(() -> bench.isIn(transfer, TransferState.SUBMITTED));
        bench.runUntil(() -> bench.isIn(transfer, TransferState.FINAL));

        assertThat(chain.balance(RECIPIENT)).isEqualTo(5);
    }

    @Test
    void shouldBringATransactionAgainThatTheNodesLost() {
        Transfer transfer = bench.pay(faucet, RECIPIENT, 5, "k").join().transfer();
        bench.lookUntil(() -> bench.isIn(transfer, TransferState.SUBMITTED));

        chain.loseMempool();

        bench.lookUntil(() -> chain.mempoolSize() == 1);
    }

    @Test
    void shouldAcceptWhileNodesFailAndDeliverWhenTheyReturn() {
        first.setDown(true);
        second.setDown(true);
        bench.round();
        Transfer transfer = bench.pay(faucet, RECIPIENT, 5, "k").join().transfer();
        bench.round();
        assertThat(bench.current(transfer).state()).isNotEqualTo(TransferState.SUBMITTED);

        second.setDown(false);

        bench.runUntil(() -> bench.isIn(transfer, TransferState.FINAL));
    }

    @Test
    void shouldEndOpenTransfersOfANetworkThatWasReset() {
        chain.mine(20);
        bench.round();
        chain.mine(2);
        bench.round();
        Transfer transfer = bench.pay(faucet, RECIPIENT, 5, "k").join().transfer();
        bench.lookUntil(() -> bench.isIn(transfer, TransferState.SUBMITTED));

        chain.reset();
        chain.mine(2);
        bench.lookUntil(() -> bench.isIn(transfer, TransferState.FAILED));

        assertThat(bench.current(transfer).reasonCode()).isEqualTo("network-reset");
        assertThat(chain.mempoolSize()).isZero();
        Transfer fresh = bench.pay(faucet, RECIPIENT, 6, "k2").join().transfer();
        bench.runUntil(() -> bench.isIn(fresh, TransferState.FINAL));
        assertThat(bench.current(fresh).nonce()).isZero();
    }

    @Test
    void shouldTellOfAPaymentThatANetworkMadeWhichWasTakenForReset() {
        chain.mine(20);
        bench.round();
        chain.mine(2);
        bench.round();
        Transfer transfer = bench.pay(faucet, RECIPIENT, 5, "k").join().transfer();
        bench.lookUntil(() -> bench.isIn(transfer, TransferState.SUBMITTED));
        chain.mine(2);
        List<Block> former = chain.blocks();
        chain.reset();
        chain.mine(2);
        bench.lookUntil(() -> bench.isIn(transfer, TransferState.FAILED));
        Transfer rival = bench.pay(faucet, RECIPIENT, 6, "rival").join().transfer();
        bench.lookUntil(() -> bench.isIn(rival, TransferState.SUBMITTED));

        chain.recall(former);

        bench.runUntil(() -> bench.isIn(transfer, TransferState.FINAL) && bench.isIn(rival, TransferState.REPLACED));
        assertThat(bench.store().history(transfer.id()))
                .extracting(TransferEvent::cause)
                .anyMatch(cause -> cause.startsWith("network-reset"))
                .anyMatch(cause -> cause.contains("although it had ended as failed"));
        assertThat(chain.balance(RECIPIENT)).isEqualTo(5);
    }

    @Test
    void shouldNotTakeAWipedNodeForANewBeginning() {
        chain.mine(20);
        bench.round();
        chain.mine(2);
        bench.round();
        Transfer transfer = bench.pay(faucet, RECIPIENT, 5, "k").join().transfer();
        bench.lookUntil(() -> bench.isIn(transfer, TransferState.SUBMITTED));

        chain.reset();
        for (int round = 0; round < 100; round++) {
            bench.round();
        }

        assertThat(bench.current(transfer).state()).isEqualTo(TransferState.SUBMITTED);
    }

    @Test
    void shouldSayThatAnotherHolderOfTheKeyUsedTheNonce() {
        first.setDown(true);
        second.setDown(true);
        bench.round();
        Transfer transfer = bench.pay(faucet, RECIPIENT, 5, "k").join().transfer();
        assertThat(submitByAnother(0).rejected()).isZero();
        chain.mine();
        first.setDown(false);

        bench.runUntil(() -> bench.isIn(transfer, TransferState.REPLACED));

        assertThat(bench.current(transfer).reasonCode()).isEqualTo("nonce-used");
        assertThat(chain.balance(RECIPIENT)).isZero();
    }

    @Test
    void shouldEndAnExpiredTransferAndMendTheGapItLeaves() {
        first.setDown(true);
        second.setDown(true);
        bench.round();
        Transfer early = bench.pay(faucet, new Order(RECIPIENT, Amount.ofMon(5), Amount.ZERO, 1, ""), "early")
                .join()
                .transfer();
        Transfer later = bench.pay(faucet, RECIPIENT, 7, "later").join().transfer();
        chain.mine(2);
        first.setDown(false);

        bench.runUntil(() -> bench.isIn(later, TransferState.FINAL));

        assertThat(bench.current(early).state()).isEqualTo(TransferState.EXPIRED);
        assertThat(bench.engine().desk().endings().count(Endings.Ending.EXPIRED))
                .isEqualTo(1);
        assertThat(chain.balance(RECIPIENT)).isEqualTo(7);
        assertThat(bench.store().list(chain.network(), faucet.wallet(), null, 10))
                .extracting(Transfer::kind)
                .contains(Transfer.MEND);
    }

    private BatchView submitByAnother(long nonce) {
        PrivateKey key = bench.wallets().signingKey(faucet.wallet(), faucet.index(), faucet.key());
        Transaction foreign = new TransferBody(
                        Genesis.networkId(chain.network()),
                        faucet.key(),
                        nonce,
                        PublicKey.fromHex("22".repeat(32)),
                        Amount.ofMon(1),
                        Amount.ZERO,
                        0,
                        "")
                .sign(key, chain.network(), new byte[32]);
        return chain.submit(List.of(foreign));
    }
}
