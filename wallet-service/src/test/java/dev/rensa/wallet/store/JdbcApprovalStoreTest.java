package dev.rensa.wallet.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.wallet.fixture.TestDatabase;
import dev.rensa.wallet.key.Account;
import dev.rensa.wallet.key.Wallet;
import dev.rensa.wallet.key.WalletId;
import dev.rensa.wallet.policy.Approval;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdbcApprovalStoreTest {

    @TempDir
    Path directory;

    @Test
    void shouldShowWhatWasApprovedUntilItBecameATransfer() {
        Database database = TestDatabase.sqlite(directory).open();
        WalletId wallet = new WalletId("till");
        Account account = new Account(wallet, 0, PublicKey.fromHex("11".repeat(32)), 0, null);
        new JdbcWalletStore(database).add(new Wallet(wallet, "till", 0, true, List.of(account)), Optional.empty());
        JdbcApprovalStore store = new JdbcApprovalStore(database);
        for (String id : List.of("waits", "refused", "approved")) {
            store.add(new Approval(
                    id, "till", "{}", null, "00".repeat(32), Approval.WAITING, "key:a", 1, null, null, null));
        }
        store.decide("refused", Approval.REFUSED, "key:b", 2);

        store.decide("approved", Approval.APPROVED, "key:b", 2);
        assertThat(store.listOpen(10)).extracting(Approval::id).containsExactly("approved", "waits");

        store.became("approved", "t1");
        assertThat(store.listOpen(10)).extracting(Approval::id).containsExactly("waits");
    }
}
