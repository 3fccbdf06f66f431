package dev.rensa.wallet.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rensa.wallet.fixture.TestDatabase;
import dev.rensa.wallet.store.Database;
import dev.rensa.wallet.store.JdbcVaultStore;
import dev.rensa.wallet.store.JdbcWalletStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaultTest {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final byte[] SECRET = "correct horse battery staple".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path directory;

    @Test
    void shouldOpenWhatThePassphraseSealedAlsoAfterARestart() {
        Database database = TestDatabase.sqlite(directory).open();
        String sealed = open(database, MasterSecret.ofPassphrase("open sesame")).seal(SECRET, "wallet/a");

        SecretBox reopened = open(database, MasterSecret.ofPassphrase("open sesame"));

        assertThat(reopened.open(sealed, "wallet/a")).isEqualTo(SECRET);
    }

    @Test
    void shouldRefuseAWrongPassphraseAtTheStart() {
        Database database = TestDatabase.sqlite(directory).open();
        open(database, MasterSecret.ofPassphrase("open sesame"));

        assertThatThrownBy(() -> open(database, MasterSecret.ofPassphrase("open wheat")))
                .isInstanceOf(VaultException.class)
                .hasMessageContaining("passphrase does not open")
                .hasMessageNotContaining("wheat");
    }

    @Test
    void shouldSayWhichKindOfSecretIsMissing() {
        Database database = TestDatabase.sqlite(directory).open();
        open(database, MasterSecret.ofPassphrase("open sesame"));

        assertThatThrownBy(() -> open(database, generatedFile())).hasMessageContaining("rensa.wallet.passphrase");
    }

    @Test
    void shouldNotOpenWhatWasTamperedWithOrMovedToAnotherPlace() {
        SecretBox box = open(TestDatabase.sqlite(directory).open(), generatedFile());
        String sealed = box.seal(SECRET, "wallet/a");
        byte[] bytes = Base64.getDecoder().decode(sealed);

        for (int i = 0; i < bytes.length; i++) {
            byte[] tampered = bytes.clone();
            tampered[i] ^= 1;
            String text = Base64.getEncoder().encodeToString(tampered);
            assertThatThrownBy(() -> box.open(text, "wallet/a")).isInstanceOf(VaultException.class);
        }
        assertThatThrownBy(() -> box.open(sealed, "wallet/b")).isInstanceOf(VaultException.class);
        assertThatThrownBy(() -> box.open("", "wallet/a")).isInstanceOf(VaultException.class);
        assertThatThrownBy(() -> box.open("no base64", "wallet/a")).isInstanceOf(VaultException.class);
    }

    @Test
    void shouldWriteAMasterSecretThatItsOwnerAloneReads() throws IOException {
        Path file = directory.resolve("master.secret");

        MasterSecret.generate(file, RANDOM);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThatThrownBy(() -> MasterSecret.generate(file, RANDOM)).isInstanceOf(VaultException.class);
    }

    @Test
    void shouldRefuseAMasterSecretThatIsTooShort() throws IOException {
        Path file = Files.writeString(directory.resolve("short"), "short");

        assertThatThrownBy(() -> MasterSecret.ofFile(file)).hasMessageContaining("32 to 4096");
    }

    @Test
    void shouldKeepSecretsOutOfTextsAndOutOfTheDatabase() throws IOException {
        Database database = TestDatabase.sqlite(directory).open();
        MasterSecret passphrase = MasterSecret.ofPassphrase("open sesame");
        Vault vault = vault(database, passphrase);
        SecretBox box = vault.box();
        Wallets wallets = new Wallets(new JdbcWalletStore(database), vault, RANDOM, Clock.systemUTC());

        Wallets.Created created = wallets.create("a label");
        byte[] entropy = created.mnemonic().toEntropy();
        Account account = created.wallet().accounts().getFirst();
        byte[] key = wallets.signingKey(account.wallet(), account.index(), account.key())
                .toBytes();

        String texts = created + "|" + created.wallet() + "|" + passphrase + "|" + box + "|" + generatedFile();
        assertThat(texts)
                .doesNotContain(
                        created.mnemonic().words(),
                        "open sesame",
                        HexFormat.of().formatHex(key));
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(each -> each.getFileName().toString().startsWith("wallet.db"))
                    .toList()) {
                byte[] content = Files.readAllBytes(file);
                String text = new String(content, StandardCharsets.ISO_8859_1);
                assertThat(text)
                        .doesNotContain(created.mnemonic().words())
                        .doesNotContain(HexFormat.of().formatHex(entropy))
                        .doesNotContain(HexFormat.of().formatHex(key))
                        .doesNotContain(Base64.getEncoder().encodeToString(entropy))
                        .doesNotContain(new String(entropy, StandardCharsets.ISO_8859_1))
                        .doesNotContain(new String(key, StandardCharsets.ISO_8859_1))
                        .doesNotContain("open sesame");
            }
        }
        Arrays.fill(key, (byte) 0);
    }

    @Test
    void shouldRefuseAMnemonicThatAWalletHolds() {
        Database database = TestDatabase.sqlite(directory).open();
        Wallets wallets =
                new Wallets(new JdbcWalletStore(database), vault(database, generatedFile()), RANDOM, Clock.systemUTC());
        Wallets.Created created = wallets.create("first");

        assertThatThrownBy(() -> wallets.importMnemonic("second", created.mnemonic()))
                .isInstanceOf(WalletExistsException.class)
                .hasMessageContaining(created.wallet().id().value());
    }

    @Test
    void shouldOpenTheSameSecretsWithAnotherPassphraseAndNotWithTheFormer() {
        Database database = TestDatabase.sqlite(directory).open();
        Vault vault = vault(database, MasterSecret.ofPassphrase("open sesame"));
        String sealed = vault.box().seal(SECRET, "wallet/a");

        Vault.Resealed resealed = vault.reseal(
                Optional.of(MasterSecret.ofPassphrase("open sesame")), MasterSecret.ofPassphrase("open barley"));
        assertThat(vault.install(resealed)).isTrue();
        assertThat(vault.install(resealed)).isFalse();

        assertThat(open(database, MasterSecret.ofPassphrase("open barley")).open(sealed, "wallet/a"))
                .isEqualTo(SECRET);
        assertThatThrownBy(() -> open(database, MasterSecret.ofPassphrase("open sesame")))
                .isInstanceOf(WrongSecretException.class);
        assertThatThrownBy(() -> vault.reseal(
                        Optional.of(MasterSecret.ofPassphrase("open sesame")), MasterSecret.ofPassphrase("open rye")))
                .isInstanceOf(WrongSecretException.class);
    }

    @Test
    void shouldStartLockedWithoutThePassphraseAndOpenForATime() {
        Database database = TestDatabase.sqlite(directory).open();
        MasterSecret passphrase = MasterSecret.ofPassphrase("open sesame");
        String sealed = open(database, passphrase).seal(SECRET, "wallet/a");
        MovedClock clock = new MovedClock();
        Vault vault = Vault.open(new JdbcVaultStore(database), Optional.empty(), RANDOM, clock);
        assertThat(vault.isLocked()).isTrue();
        assertThatThrownBy(vault::box).isInstanceOf(VaultLockedException.class);
        assertThatThrownBy(() -> vault.unlock(Optional.empty(), null)).isInstanceOf(VaultException.class);

        vault.unlock(Optional.of(passphrase), Duration.ofSeconds(10));

        assertThat(vault.box().open(sealed, "wallet/a")).isEqualTo(SECRET);
        assertThat(vault.lockAtMillis()).hasValue(10_000);
        clock.millis = 10_000;
        assertThatThrownBy(vault::box).isInstanceOf(VaultLockedException.class);
        assertThatThrownBy(vault::copyDataKey).isInstanceOf(VaultLockedException.class);
    }

    @Test
    void shouldSignNothingWithKeysThatWereReadBeforeTheLock() {
        Vault vault = vault(TestDatabase.sqlite(directory).open(), generatedFile());
        Wallets wallets = new Wallets(
                new JdbcWalletStore(TestDatabase.sqlite(directory).open()), vault, RANDOM, Clock.systemUTC());
        Account account = wallets.create("till").wallet().accounts().getFirst();
        wallets.signingKey(account.wallet(), 0, account.key());

        assertThat(wallets.cachedKeys()).isOne();
        vault.lock();

        assertThat(wallets.cachedKeys()).isZero();
        assertThatThrownBy(() -> wallets.signingKey(account.wallet(), 0, account.key()))
                .isInstanceOf(VaultLockedException.class);
        vault.unlock(Optional.empty(), null);
        assertThat(wallets.signingKey(account.wallet(), 0, account.key()).publicKey())
                .isEqualTo(account.key());
    }

    @Test
    void shouldWipeWhatWasTakenFromTheVaultBeforeTheLock() {
        Vault vault = vault(TestDatabase.sqlite(directory).open(), generatedFile());
        SecretBox box = vault.box();
        String sealed = box.seal(SECRET, "wallet/a");

        vault.lock();

        assertThatThrownBy(() -> box.open(sealed, "wallet/a")).isInstanceOf(VaultLockedException.class);
        assertThatThrownBy(() -> box.seal(SECRET, "wallet/a")).isInstanceOf(VaultLockedException.class);
    }

    @Test
    void shouldReadTheMasterSecretAgainAtEachUnlock() throws IOException {
        MasterSecret secret = generatedFile();
        Vault vault = vault(TestDatabase.sqlite(directory).open(), secret);
        vault.lock();
        Path away = Files.move(directory.resolve("generated"), directory.resolve("away"));

        assertThatThrownBy(() -> vault.unlock(Optional.empty(), null)).hasMessageContaining("cannot be read");

        Files.move(away, directory.resolve("generated"));
        vault.unlock(Optional.empty(), null);
        assertThat(vault.isLocked()).isFalse();
    }

    @Test
    void shouldOpenWithTheSamePassphraseHoweverItsLettersAreComposed() {
        Database database = TestDatabase.sqlite(directory).open();
        String sealed =
                open(database, MasterSecret.ofPassphrase("caf\u00e9 noir")).seal(SECRET, "wallet/a");

        assertThat(open(database, MasterSecret.ofPassphrase("cafe\u0301 noir")).open(sealed, "wallet/a"))
                .isEqualTo(SECRET);
    }

    @Test
    void shouldKeepTheMnemonicsPassphraseWithIt() {
        Wallets wallets = new Wallets(
                new JdbcWalletStore(TestDatabase.sqlite(directory).open()),
                vault(TestDatabase.sqlite(directory).open(), generatedFile()),
                RANDOM,
                Clock.systemUTC());
        Wallets.Created created = wallets.create("hidden", 24, "正しい馬".toCharArray());
        Account first = created.wallet().accounts().getFirst();

        Account second = wallets.addAccount(created.wallet(), "second");

        assertThat(second.key()).isNotEqualTo(first.key());
        assertThat(wallets.signingKey(first.wallet(), 1, second.key()).publicKey())
                .isEqualTo(second.key());
        try (WalletSecret without = new WalletSecret(created.mnemonic(), new char[0])) {
            assertThat(AccountKeys.derive(without, 0).publicKey()).isNotEqualTo(first.key());
        }
    }

    /** A clock that a test moves. */
    private static final class MovedClock extends Clock {
        private long millis;

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(millis);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private MasterSecret generatedFile() {
        Path file = directory.resolve("generated");
        if (!Files.exists(file)) {
            MasterSecret.generate(file, RANDOM);
        }
        return MasterSecret.ofFile(file);
    }

    private static SecretBox open(Database database, MasterSecret secret) {
        return vault(database, secret).box();
    }

    private static Vault vault(Database database, MasterSecret secret) {
        return Vault.open(new JdbcVaultStore(database), secret, RANDOM);
    }
}
