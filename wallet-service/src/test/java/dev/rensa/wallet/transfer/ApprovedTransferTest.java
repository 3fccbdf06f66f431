package dev.rensa.wallet.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rensa.protocol.api.AccountView;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.money.Amount;
import dev.rensa.wallet.fixture.FakeChain;
import dev.rensa.wallet.fixture.FakeNode;
import dev.rensa.wallet.fixture.TestDatabase;
import dev.rensa.wallet.fixture.WalletBench;
import dev.rensa.wallet.key.Account;
import dev.rensa.wallet.policy.Approval;
import dev.rensa.wallet.policy.ApprovalStore;
import dev.rensa.wallet.store.JdbcApprovalStore;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An approval becomes one transfer in the step that writes the transfer, and none once it is refused. */
class ApprovedTransferTest {

    private static final PublicKey RECIPIENT = PublicKey.fromHex("11".repeat(32));

    @TempDir
    Path directory;

    private final FakeChain chain = FakeChain.development();
    private WalletBench bench;
    private ApprovalStore approvals;
    private Account faucet;

    @BeforeEach
    void open() {
        TestDatabase database = TestDatabase.sqlite(directory);
        bench = new WalletBench(database, directory, chain, List.of(new FakeNode("a", chain)));
        approvals = new JdbcApprovalStore(database.open());
        faucet = bench.faucet();
        approvals.add(
                new Approval(
                        "a1",
                        chain.network().toHex(),
                        "faucet",
                        "{}",
                        null,
                        "00".repeat(32),
                        Approval.WAITING,
                        "key:a",
                        1,
                        null,
                        null,
                        null),
                0);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void shouldNoteTheTransferInTheApprovalWithTheTransferItself() {
        approvals.approve("a1", "key:b", 2);

        Transfer transfer = accept("one").transfer();

        assertThat(approvals.find("a1").orElseThrow().transferId())
                .isEqualTo(transfer.id().value());
        assertThat(approvals.refuse("a1", "key:c", 3)).isFalse();
        assertThatThrownBy(() -> accept("two")).isInstanceOf(TransferRefusedException.class);
        assertThat(accept("one").replayed()).isTrue();
    }

    @Test
    void shouldMakeNoTransferOfWhatWasRefusedWhileItWasOnItsWay() {
        approvals.approve("a1", "key:b", 2);
        approvals.refuse("a1", "key:c", 3);

        assertThatThrownBy(() -> accept("one"))
                .isInstanceOfSatisfying(
                        TransferRefusedException.class,
                        refused -> assertThat(refused.code()).isEqualTo(TransferRefusedException.NOT_APPROVED));
        assertThat(bench.store().list(chain.network(), faucet.wallet(), null, 10))
                .isEmpty();
    }

    private Acceptance accept(String key) {
        AccountView view = chain.account(bench.address(faucet));
        return Answers.await(bench.engine()
                .desk()
                .accept(
                        new TransferRequest(
                                chain.network(),
                                faucet,
                                new Order(RECIPIENT, Amount.ofMon(1), Amount.ZERO, 0, ""),
                                key,
                                "00".repeat(32),
                                "key:a",
                                "a1"),
                        view));
    }
}
