package dev.rensa.wallet.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.money.Amount;
import dev.rensa.wallet.fixture.FakeChain;
import dev.rensa.wallet.fixture.FakeNode;
import dev.rensa.wallet.fixture.Suspension;
import dev.rensa.wallet.fixture.TestDatabase;
import dev.rensa.wallet.fixture.TestPostgres;
import dev.rensa.wallet.fixture.WalletBench;
import dev.rensa.wallet.key.Account;
import dev.rensa.wallet.key.MasterSecret;
import dev.rensa.wallet.transfer.Answers;
import dev.rensa.wallet.transfer.Order;
import dev.rensa.wallet.transfer.Transfer;
import dev.rensa.wallet.transfer.TransferState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A replica dies that holds transfers of a backup, and another one has read the blocks already that pay them. */
class HeldTakeoverTest {

    private static final PublicKey RECIPIENT = PublicKey.fromHex("11".repeat(32));
    private static final String PASSPHRASE = "correct horse battery staple";

    @TempDir
    Path directory;

    private final FakeChain chain = FakeChain.development();
    private final List<FakeNode> nodes = List.of(new FakeNode("a", chain));

    @Test
    void shouldLookForHeldTransfersInBlocksThatWereReadBefore() throws IOException, SQLException {
        Path here = Files.createDirectory(directory.resolve("former"));
        Path there = Files.createDirectory(directory.resolve("next"));
        Transfer held;
        byte[] file;
        try (WalletBench former = new WalletBench(here, chain, nodes)) {
            Account payer = former.wallets().create("till").wallet().accounts().getFirst();
            chain.fund(payer.key(), 100);
            chain.mine(5);
            former.round();
            former.vault().lock();
            held = former.pay(payer, new Order(RECIPIENT, Amount.ofMon(11), Amount.ZERO, 0, "memo"), "key")
                    .join()
                    .transfer();
            Awaitility.await().until(() -> former.isIn(held, TransferState.RESERVED));
            former.vault().unlock(Optional.of(MasterSecret.ofFile(here.resolve("secret"))), null);
            file = former.backup(PASSPHRASE);
            former.runUntil(() -> former.isIn(held, TransferState.FINAL));
        }
        DataSource source = TestPostgres.shared().database();
        TestDatabase database = TestDatabase.of(source);
        Suspension suspension = new Suspension();
        try (WalletBench survivor = new WalletBench(database, there, chain, nodes);
                WalletBench victim = new WalletBench(suspension.before(database), there, chain, nodes)) {
            victim.restore(file, PASSPHRASE);
            assertThat(Answers.await(victim.engine().restoration().senders(chain.network())))
                    .containsExactly(held.sender());
            freeTheChain(source);

            chain.mine(5);
            survivor.runUntil(() -> survivor.engine().tracker().height() == chain.height());
            assertThat(survivor.current(held).isHeld()).isTrue();
            suspension.suspend();

            survivor.runUntil(() -> survivor.isIn(held, TransferState.FINAL));
            assertThat(chain.balance(RECIPIENT)).isEqualTo(11);
            suspension.resume();
        }
    }

    /** The list of blocks is written by another replica than the one that holds the account. */
    private static void freeTheChain(DataSource source) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("DELETE FROM lane WHERE sender = '" + PublicKey.ZERO.toHex() + "'");
        }
    }
}
