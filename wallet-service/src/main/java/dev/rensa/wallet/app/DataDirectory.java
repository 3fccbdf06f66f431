package dev.rensa.wallet.app;

import dev.rensa.wallet.key.MasterSecret;
import dev.rensa.wallet.key.Vault;
import dev.rensa.wallet.key.VaultException;
import dev.rensa.wallet.key.VaultRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The wallet's directory on disk. */
final class DataDirectory {

    private static final String GENERATED_SECRET = "master.secret";
    private static final System.Logger LOG = System.getLogger(DataDirectory.class.getName());

    private final Path directory;

    /** Kept so that it is not given back before the process ends. */
    @SuppressWarnings("unused")
    private @Nullable FileLock held;

    /** Makes the directory when it is not there, for its owner alone. */
    DataDirectory(Path directory) {
        this.directory = directory.toAbsolutePath();
        try {
            if (!Files.isDirectory(this.directory)) {
                Path parent = this.directory.getParent();
                if (parent != null) {
                    Files.createDirectories(parent);
                }
                boolean posix = this.directory
                        .getFileSystem()
                        .supportedFileAttributeViews()
                        .contains("posix");
                if (posix) {
                    Files.createDirectory(
                            this.directory,
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
                } else {
                    Files.createDirectory(this.directory);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the data directory " + this.directory + " cannot be made", e);
        }
    }

    /**
     * Keeps other processes from the database file for as long as this one lives: two writers of one SQLite file would each
     * take the other's transfers for its own.
     */
    void lock() {
        Path file = directory.resolve("wallet.lock");
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock taken = channel.tryLock();
            if (taken == null) {
                channel.close();
                throw new IllegalStateException("another wallet uses the data directory " + directory
                        + ": stop it, or let both use PostgreSQL (rensa.wallet.postgresql.enabled)");
            }
            held = taken;
        } catch (OverlappingFileLockException e) {
            LOG.log(System.Logger.Level.DEBUG, "this process holds {0} already", file);
        } catch (IOException e) {
            throw new UncheckedIOException("the data directory " + directory + " cannot be locked", e);
        }
    }

    /**
     * The secret that the configuration names, or one that is kept beside the data; none where a passphrase that is not
     * configured opens the vault.
     */
    Optional<MasterSecret> masterSecret(WalletConfig config, Optional<VaultRecord> vault, SecureRandom random) {
        if (config.passphrase().isPresent() && config.masterSecretFile().isPresent()) {
            throw new VaultException(
                    "both rensa.wallet.passphrase and rensa.wallet.master-secret-file are set: choose one");
        }
        if (config.passphrase().isPresent()) {
            int length = config.passphrase().get().length();
            if (length < Vault.MIN_PASSPHRASE_LENGTH || length > Vault.MAX_PASSPHRASE_LENGTH) {
                throw new VaultException("rensa.wallet.passphrase has " + Vault.MIN_PASSPHRASE_LENGTH + " to "
                        + Vault.MAX_PASSPHRASE_LENGTH + " characters: choose one that nobody can guess");
            }
            return Optional.of(MasterSecret.ofPassphrase(config.passphrase().get()));
        }
        if (config.masterSecretFile().isPresent()) {
            return Optional.of(MasterSecret.ofFile(config.masterSecretFile().get()));
        }
        if (vault.filter(known -> known.source().equals(MasterSecret.Passphrase.SOURCE))
                .isPresent()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the wallet starts locked: transfers wait until an administrator brings the passphrase to"
                            + " POST /vault/unlock");
            return Optional.empty();
        }
        Path generated = directory.resolve(GENERATED_SECRET);
        if (!Files.exists(generated) && vault.isPresent()) {
            throw new VaultException("the wallets were sealed with a master secret, and " + generated
                    + " is not there: put it back, or name it with rensa.wallet.master-secret-file");
        }
        if (!Files.exists(generated)) {
            MasterSecret.generate(generated, random);
            LOG.log(
                    System.Logger.Level.WARNING,
                    "no master secret is configured: one was written to {0}, readable by its owner alone. Keep a copy of"
                            + " it apart from the database: without it the wallets do not open. For more than"
                            + " development set rensa.wallet.master-secret-file or rensa.wallet.passphrase",
                    generated);
        }
        return Optional.of(MasterSecret.ofFile(generated));
    }
}
