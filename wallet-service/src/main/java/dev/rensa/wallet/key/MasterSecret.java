package dev.rensa.wallet.key;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * What the operator brings to open the vault: a passphrase, from which Argon2id (RFC 9106) makes the key, or a file with at
 * least 32 bytes that nobody can guess, for which HKDF-SHA256 (RFC 5869) suffices.
 */
public sealed interface MasterSecret {

    /** Shortest master secret in bytes. */
    int MIN_FILE_BYTES = 32;

    /** Largest master secret in bytes. */
    int MAX_FILE_BYTES = 4096;

    /** Name of the source, as {@link VaultRecord#source()} keeps it. */
    String source();

    /** The key of 32 bytes under the vault's parameters, which the caller wipes. */
    byte[] deriveKey(VaultRecord vault);

    /** Made from a passphrase, in the form NFKD as BIP-39 wants it: keyboards write the same letters as different bytes. */
    static MasterSecret ofPassphrase(String passphrase) {
        return new Passphrase(
                Normalizer.normalize(passphrase, Normalizer.Form.NFKD).toCharArray());
    }

    /**
     * Read from a file now, to know that it can be, and again whenever the key is derived: it is not kept in memory.
     *
     * @throws VaultException if it cannot be read, or is shorter or longer than allowed
     */
    static MasterSecret ofFile(Path file) {
        Arrays.fill(File.read(file), (byte) 0);
        return new File(file);
    }

    /**
     * Writes a fresh master secret that its owner alone may read.
     *
     * @throws VaultException if the file exists or cannot be written
     */
    static void generate(Path file, SecureRandom random) {
        byte[] secret = new byte[MIN_FILE_BYTES];
        random.nextBytes(secret);
        try {
            boolean posix =
                    Files.getFileStore(file.toAbsolutePath().getParent()).supportsFileAttributeView("posix");
            if (posix) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            } else {
                Files.createFile(file);
            }
            Files.writeString(
                    file, HexFormat.of().formatHex(secret) + "\n", StandardOpenOption.WRITE, StandardOpenOption.SYNC);
        } catch (IOException e) {
            throw new VaultException("a master secret cannot be written to " + file, e);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    /** A passphrase that a person thought of. */
    final class Passphrase implements MasterSecret {
        public static final String SOURCE = "passphrase";

        private final char[] passphrase;

        private Passphrase(char[] passphrase) {
            this.passphrase = passphrase;
        }

        @Override
        public String source() {
            return SOURCE;
        }

        @Override
        public byte[] deriveKey(VaultRecord vault) {
            Argon2Parameters parameters = new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                    .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                    .withSalt(HexFormat.of().parseHex(vault.salt()))
                    .withMemoryAsKB(vault.memoryKib())
                    .withIterations(vault.iterations())
                    .withParallelism(1)
                    .build();
            Argon2BytesGenerator generator = new Argon2BytesGenerator();
            generator.init(parameters);
            byte[] key = new byte[SecretBox.KEY_LENGTH];
            generator.generateBytes(passphrase, key);
            return key;
        }

        @Override
        public String toString() {
            return "Passphrase[hidden]";
        }
    }

    /** The content of a file. */
    final class File implements MasterSecret {
        static final String SOURCE = "master-secret";

        private static final byte[] INFO = "rensa/wallet/vault".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

        private final Path file;

        private File(Path file) {
            this.file = file;
        }

        private static byte[] read(Path file) {
            try {
                long size = Files.size(file);
                if (size < MIN_FILE_BYTES || size > MAX_FILE_BYTES) {
                    throw new VaultException("the master secret " + file + " has " + size + " bytes; it must have "
                            + MIN_FILE_BYTES + " to " + MAX_FILE_BYTES + ": make one with `openssl rand -hex 32`");
                }
                return Files.readAllBytes(file);
            } catch (IOException e) {
                throw new VaultException(
                        "the master secret " + file + " cannot be read: check rensa.wallet.master-secret-file", e);
            }
        }

        @Override
        public String source() {
            return SOURCE;
        }

        @Override
        public byte[] deriveKey(VaultRecord vault) {
            byte[] secret = read(file);
            try {
                return KDF.getInstance("HKDF-SHA256")
                        .deriveData(HKDFParameterSpec.ofExtract()
                                .addIKM(secret)
                                .addSalt(HexFormat.of().parseHex(vault.salt()))
                                .thenExpand(INFO, SecretBox.KEY_LENGTH));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("the JDK provides HKDF-SHA256", e);
            } finally {
                Arrays.fill(secret, (byte) 0);
            }
        }

        @Override
        public String toString() {
            return "File[hidden]";
        }
    }
}
