package dev.rensa.wallet.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rensa.protocol.crypto.PrivateKey;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.wallet.fixture.TestDatabase;
import dev.rensa.wallet.store.Database;
import dev.rensa.wallet.store.JdbcVaultStore;
import dev.rensa.wallet.store.JdbcWalletStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.SynchronousQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WalletsTest {

    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    Path directory;

    private WalletStore store;
    private Vault vault;

    @BeforeEach
    void open() {
        Database database = TestDatabase.sqlite(directory).open();
        Path file = directory.resolve("generated");
        MasterSecret.generate(file, RANDOM);
        store = new JdbcWalletStore(database);
        vault = Vault.open(new JdbcVaultStore(database), MasterSecret.ofFile(file), RANDOM);
    }

    @Test
    void shouldPayFromAnAccountThatAnotherReplicaAdded() {
        Wallets wallets = new Wallets(store, vault, RANDOM, Clock.systemUTC());
        Wallet wallet = wallets.create("till").wallet();
        assertThat(wallets.payer(wallet.id(), 0)).contains(wallet);
        Database elsewhere = TestDatabase.sqlite(directory).open();
        Account second =
                new Wallets(new JdbcWalletStore(elsewhere), vault, RANDOM, Clock.systemUTC()).addAccount(wallet, null);

        assertThat(wallets.payer(wallet.id(), 1).flatMap(found -> found.account(1)))
                .contains(second);
        assertThat(wallets.payer(wallet.id(), 2).flatMap(found -> found.account(2)))
                .isEmpty();
        assertThat(wallets.payer(new WalletId("nobody"), 0)).isEmpty();
    }

    @Test
    void shouldKeepNoKeyThatASignerDerivedWhileTheVaultWasLocked() throws Exception {
        SynchronousQueue<String> asked = new SynchronousQueue<>();
        Wallets wallets = wallets(tellingOfSecrets(asked));
        Account account = wallets.create("till").wallet().accounts().getFirst();

        for (int round = 0; round < 20; round++) {
            Thread signer = Thread.ofPlatform().start(() -> signOrFindLocked(wallets, account));
            asked.take();
            vault.lock();
            signer.join();

            assertThat(wallets.cachedKeys()).isZero();
            vault.unlock(Optional.empty(), null);
        }
    }

    @Test
    void shouldGiveSignersCopiesWhichTheyDestroy() {
        Wallets wallets = wallets(store);
        Account account = wallets.create("till").wallet().accounts().getFirst();
        wallets.signingKey(account.wallet(), 0, account.key()).destroy();

        PrivateKey held = wallets.signingKey(account.wallet(), 0, account.key());

        assertThat(held.isDestroyed()).isFalse();
        assertThat(wallets.cachedKeys()).isOne();
        vault.lock();
        assertThat(wallets.cachedKeys()).isZero();
        assertThat(held.toBytes()).isNotEqualTo(new byte[PrivateKey.LENGTH]);
    }

    @Test
    void shouldTakeOverWhatAnotherWalletOnlyWatched() {
        Wallets wallets = wallets(store);
        Wallet paying = wallets.create("paying").wallet();
        PublicKey next = accountOf(paying, 1);
        PublicKey foreign = PublicKey.fromHex("22".repeat(32));
        Wallet watching = wallets.watch("watching", List.of(next, foreign));

        Account added = wallets.addAccount(paying, null);

        assertThat(added.key()).isEqualTo(next);
        assertThat(store.holderOf(next)).contains(paying.id());
        assertThat(wallets.find(watching.id()).orElseThrow().accounts())
                .extracting(Account::key)
                .containsExactly(foreign);
    }

    @Test
    void shouldImportAMnemonicWhoseAddressWasWatched() {
        Wallets wallets = wallets(store);
        try (Mnemonic mnemonic = Mnemonic.generate(RANDOM, 12);
                WalletSecret secret = new WalletSecret(Mnemonic.ofEntropy(mnemonic.toEntropy()), new char[0]);
                PrivateKey first = AccountKeys.derive(secret, 0)) {
            Wallet watching = wallets.watch("watching", List.of(first.publicKey()));

            Wallet paying = wallets.importMnemonic("paying", mnemonic);

            assertThat(store.holderOf(first.publicKey())).contains(paying.id());
            assertThat(wallets.find(watching.id())).isEmpty();
            assertThatThrownBy(() -> wallets.watch("again", List.of(first.publicKey())))
                    .isInstanceOf(WalletExistsException.class);
        }
    }

    private PublicKey accountOf(Wallet wallet, int index) {
        byte[] bytes = vault.box().open(store.sealedSecret(wallet.id()).orElseThrow(), "wallet/" + wallet.id());
        try (WalletSecret secret = WalletSecret.ofBytes(bytes);
                PrivateKey key = AccountKeys.derive(secret, index)) {
            return key.publicKey();
        }
    }

    private static void signOrFindLocked(Wallets wallets, Account account) {
        try {
            wallets.signingKey(account.wallet(), 0, account.key()).destroy();
        } catch (VaultLockedException e) {
            assertThat(wallets.cachedKeys()).isZero();
        }
    }

    private Wallets wallets(WalletStore walletStore) {
        return new Wallets(walletStore, vault, RANDOM, Clock.systemUTC());
    }

    /** Tells when a signer reads a secret, behind which it derives the key. */
    private WalletStore tellingOfSecrets(SynchronousQueue<String> asked) {
        return (WalletStore) Proxy.newProxyInstance(
                WalletStore.class.getClassLoader(), new Class<?>[] {WalletStore.class}, (proxy, method, arguments) -> {
                    try {
                        Object answer = method.invoke(store, arguments);
                        if (method.getName().equals("sealedSecret")) {
                            asked.put("sealedSecret");
                        }
                        return answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
