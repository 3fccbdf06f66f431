package dev.rensa.wallet.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.wallet.access.ApiKey;
import dev.rensa.wallet.access.ApiKeyStore;
import dev.rensa.wallet.access.AuditEntry;
import dev.rensa.wallet.access.AuditStore;
import dev.rensa.wallet.access.Role;
import dev.rensa.wallet.fixture.TestDatabase;
import dev.rensa.wallet.key.Account;
import dev.rensa.wallet.key.Contact;
import dev.rensa.wallet.key.ContactStore;
import dev.rensa.wallet.key.MasterSecret;
import dev.rensa.wallet.key.Vault;
import dev.rensa.wallet.key.Wallet;
import dev.rensa.wallet.key.WalletId;
import dev.rensa.wallet.policy.Approval;
import dev.rensa.wallet.policy.ApprovalStore;
import dev.rensa.wallet.policy.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys, names, logs and decisions, as two processes see them that share a database. */
class JdbcStoresTest {

    private static final PublicKey KEY = PublicKey.fromHex("11".repeat(32));
    private static final WalletId TILL = new WalletId("till");

    private static final String NETWORK = "00".repeat(32);

    @TempDir
    Path directory;

    private Database here;
    private Database there;

    TestDatabase database(Path home) {
        return TestDatabase.sqlite(home);
    }

    @BeforeEach
    void open() {
        TestDatabase home = database(directory);
        here = home.open();
        there = home.open();
        new JdbcWalletStore(here)
                .add(
                        new Wallet(TILL, "till", 1, false, List.of(new Account(TILL, 0, KEY, 2, null))),
                        Optional.of("sealed"));
    }

    @Test
    void shouldKeepWalletsAndTheirNames() {
        JdbcWalletStore wallets = new JdbcWalletStore(there);
        PublicKey second = PublicKey.fromHex("22".repeat(32));

        wallets.rename(TILL, "till 3");
        wallets.rename(TILL, 0, "coins");
        assertThat(wallets.addAccount(new Account(TILL, 1, second, 3, null))).isTrue();

        Wallet found = new JdbcWalletStore(here).find(TILL).orElseThrow();
        assertThat(found.label()).isEqualTo("till 3");
        assertThat(found.watchOnly()).isFalse();
        assertThat(found.accounts())
                .containsExactly(new Account(TILL, 0, KEY, 2, "coins"), new Account(TILL, 1, second, 3, null));
        assertThat(wallets.holderOf(second)).contains(TILL);
        assertThat(wallets.sealedSecret(TILL)).contains("sealed");
    }

    @Test
    void shouldKeepKeysAndTheLogOfOrders() {
        ApiKeyStore keys = new JdbcAccessStore(here).keys();
        ApiKey key = new ApiKey("id", "shop", Role.SPENDER, "ab".repeat(32), 5, "local", null, null);
        keys.add(key);
        AuditStore audit = new JdbcAccessStore(here).audit();
        audit.add(new AuditEntry("0".repeat(32), 1, "local", "key-created", "shop"));
        audit.add(new AuditEntry("1".repeat(32), 2, "local", "key-revoked", "shop"));

        assertThat(new JdbcAccessStore(there).keys().list()).containsExactly(key);
        assertThat(new JdbcAccessStore(there).keys().revoke("id", 9, "key:me")).isTrue();
        assertThat(keys.revoke("id", 10, "key:you")).isFalse();
        assertThat(keys.list().getFirst().revokedBy()).isEqualTo("key:me");
        assertThat(audit.list(null, 1)).extracting(AuditEntry::action).containsExactly("key-revoked");
        assertThat(audit.list("1".repeat(32), 9)).extracting(AuditEntry::action).containsExactly("key-created");
    }

    @Test
    void shouldKeepTheAddressBook() {
        ContactStore contacts = new JdbcContactStore(here);
        contacts.put(new Contact("b", KEY, "", 1));
        contacts.put(new Contact("a", KEY, "old", 2));
        new JdbcContactStore(there).put(new Contact("a", KEY, "new", 3));

        assertThat(contacts.list()).containsExactly(new Contact("a", KEY, "new", 2), new Contact("b", KEY, "", 1));
        assertThat(contacts.remove("b")).isTrue();
        assertThat(contacts.remove("b")).isFalse();
    }

    @Test
    void shouldLetOneDecisionStandWhenTwoDecideAtOnceAndATransferOrARefusal() throws Exception {
        ApprovalStore first = new JdbcApprovalStore(here);
        ApprovalStore second = new JdbcApprovalStore(there);
        for (int i = 0; i < 20; i++) {
            String id = "approval-" + i;
            assertThat(first.add(approval(id, "key-" + i), 0)).isTrue();

            assertThat(atOnce(() -> first.approve(id, "key:a", 7), () -> second.approve(id, "key:b", 8)))
                    .containsExactlyInAnyOrder(true, false);
            List<Boolean> refused = atOnce(() -> second.refuse(id, "key:b", 9), () -> {
                first.became(id, "transfer");
                return false;
            });

            Approval found = second.find(id).orElseThrow();
            assertThat(found.state()).isEqualTo(refused.getFirst() ? Approval.REFUSED : Approval.APPROVED);
            assertThat(found.transferId()).isEqualTo(refused.getFirst() ? null : "transfer");
        }
    }

    @Test
    void shouldPutOneRequestAsideOnceAndNoMoreThanTheLimit() throws Exception {
        new JdbcPolicyStore(here).save("till", new Policy(null, null, 0L, Set.of()));
        ApprovalStore first = new JdbcApprovalStore(here);
        ApprovalStore second = new JdbcApprovalStore(there);
        assertThat(atOnce(() -> first.add(approval("x", "same"), 0), () -> second.add(approval("y", "same"), 0)))
                .containsExactlyInAnyOrder(true, false);
        fill(Approval.MAX_WAITING - 2);

        List<Callable<Boolean>> late = IntStream.range(0, 8)
                .<Callable<Boolean>>mapToObj(i ->
                        () -> (i % 2 == 0 ? first : second).add(approval("late-" + i, null), 0))
                .toList();

        assertThat(atOnce(late)).filteredOn(added -> added).hasSize(1);
        assertThat(first.list(Approval.WAITING, null, 1000)).hasSize(Approval.MAX_WAITING);
        assertThat(first.add(approval("when-they-are-too-old", null), 1)).isTrue();
    }

    @Test
    void shouldMakeOneVaultThoughTwoProcessesStartAtOnce() throws Exception {
        here.write("secrets", connection -> {
            try (var delete = connection.prepareStatement("DELETE FROM wallet_secret")) {
                return delete.executeUpdate();
            }
        });
        Path file = directory.resolve("secret");
        Files.writeString(file, "0123456789abcdef0123456789abcdef");

        List<byte[]> keys = atOnce(
                () -> vault(here, file).copyDataKey(), () -> vault(there, file).copyDataKey());

        assertThat(keys.getFirst()).isEqualTo(keys.getLast());
        assertThat(vault(here, file).copyDataKey()).isEqualTo(keys.getFirst());
    }

    @Test
    void shouldMakeNoVaultForSecretsThatAnotherOneSealed() throws Exception {
        Path file = directory.resolve("secret");
        Files.writeString(file, "0123456789abcdef0123456789abcdef");

        assertThatThrownBy(() -> vault(there, file)).hasMessageContaining("restore the database from a backup");
    }

    private static Vault vault(Database database, Path file) throws IOException {
        return Vault.open(new JdbcVaultStore(database), MasterSecret.ofFile(file), new SecureRandom());
    }

    /** Fills a wallet's list in one write. */
    private void fill(int count) {
        here.write("approvals", connection -> {
            try (var insert =
                    connection.prepareStatement("INSERT INTO approval (id, network, wallet_id, request, request_hash,"
                            + " state, requested_by, created_at) VALUES (?, '" + NETWORK
                            + "', 'till', '{}', 'h', ?, 'key:c', 1)")) {
                for (int i = 0; i < count; i++) {
                    insert.setString(1, "waiting-" + i);
                    insert.setString(2, Approval.WAITING);
                    insert.addBatch();
                }
                return insert.executeBatch().length;
            }
        });
    }

    private static Approval approval(String id, String key) {
        return new Approval(id, NETWORK, "till", "{}", key, "hash", Approval.WAITING, "key:c", 1, null, null, null);
    }

    private static <T> List<T> atOnce(Callable<T> one, Callable<T> other) throws Exception {
        return atOnce(List.of(one, other));
    }

    private static <T> List<T> atOnce(List<Callable<T>> work) throws Exception {
        try (var threads = Executors.newFixedThreadPool(work.size())) {
            List<T> results = new ArrayList<>();
            for (Future<T> result : threads.invokeAll(work)) {
                results.add(result.get());
            }
            return results;
        }
    }
}
