package dev.rensa.wallet.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.wallet.fixture.TestDatabase;
import dev.rensa.wallet.key.Account;
import dev.rensa.wallet.key.Wallet;
import dev.rensa.wallet.key.WalletId;
import dev.rensa.wallet.policy.Approval;
import dev.rensa.wallet.policy.ApprovalStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdbcApprovalStoreTest {

    private static final String HERE = "00".repeat(32);
    private static final String ELSEWHERE = "11".repeat(32);

    @TempDir
    Path directory;

    private ApprovalStore store;

    TestDatabase database(Path home) {
        return TestDatabase.sqlite(home);
    }

    @BeforeEach
    void open() {
        Database database = database(directory).open();
        WalletId wallet = new WalletId("till");
        Account account = new Account(wallet, 0, PublicKey.fromHex("11".repeat(32)), 0, null);
        new JdbcWalletStore(database).add(new Wallet(wallet, "till", 0, true, List.of(account)), Optional.empty());
        store = new JdbcApprovalStore(database);
    }

    @Test
    void shouldShowWhatWasApprovedUntilItBecameATransfer() {
        List.of("waits", "refused", "approved").forEach(id -> store.add(approval(id, HERE, null, 1), 0));
        store.refuse("refused", "key:b", 2);

        assertThat(store.approve("approved", "key:b", 2)).isTrue();
        assertThat(store.approve("approved", "key:b", 2)).isFalse();
        assertThat(store.approve("refused", "key:b", 2)).isFalse();
        assertThat(open(null, 10)).containsExactly("waits", "approved");

        store.became("approved", "t1");
        assertThat(open(null, 10)).containsExactly("waits");
    }

    @Test
    void shouldLetGoOfWhatWasApprovedAndCannotBeMade() {
        store.add(approval("stuck", HERE, null, 1), 0);
        store.approve("stuck", "key:b", 2);

        assertThat(store.refuse("stuck", "key:c", 3)).isTrue();
        assertThat(store.refuse("stuck", "key:c", 4)).isFalse();
        store.became("stuck", "t1");

        assertThat(store.find("stuck")).hasValueSatisfying(now -> {
            assertThat(now.state()).isEqualTo(Approval.REFUSED);
            assertThat(now.transferId()).isNull();
        });
    }

    @Test
    void shouldRefuseNothingThatBecameATransfer() {
        store.add(approval("paid", HERE, null, 1), 0);
        store.approve("paid", "key:b", 2);
        store.became("paid", "t1");

        assertThat(store.refuse("paid", "key:c", 3)).isFalse();
    }

    @Test
    void shouldKnowANameOnItsNetworkAlone() {
        store.add(approval("one", HERE, "order-1", 1), 0);

        assertThat(store.findByIdempotencyKey(ELSEWHERE, "till", "order-1")).isEmpty();
        assertThat(store.add(approval("again", HERE, "order-1", 2), 0)).isFalse();
        assertThat(store.add(approval("two", ELSEWHERE, "order-1", 2), 0)).isTrue();
        assertThat(store.findByIdempotencyKey(HERE, "till", "order-1"))
                .map(Approval::id)
                .contains("one");
    }

    @Test
    void shouldGoThroughAllPagesThoughManyAreOfTheSameTime() {
        for (int i = 0; i < 7; i++) {
            store.add(approval("a" + i, HERE, null, i < 3 ? 1 : i < 4 ? 3 : 4), 0);
        }

        assertThat(open(null, 3)).containsExactly("a6", "a5", "a4");
        assertThat(open("a4", 3)).containsExactly("a3", "a2", "a1");
        assertThat(open("a1", 3)).containsExactly("a0");
        assertThat(store.listOpen(2, null, 10)).extracting(Approval::id).containsExactly("a6", "a5", "a4", "a3");
        assertThat(store.list(Approval.WAITING, "a1", 3))
                .extracting(Approval::id)
                .containsExactly("a0");
    }

    private List<String> open(@Nullable String before, int limit) {
        return store.listOpen(0, before, limit).stream().map(Approval::id).toList();
    }

    private static Approval approval(String id, String network, @Nullable String key, long at) {
        return new Approval(
                id, network, "till", "{}", key, "00".repeat(32), Approval.WAITING, "key:a", at, null, null, null);
    }
}
