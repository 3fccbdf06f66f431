package dev.rensa.wallet.key;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** Opens the box that all secrets rest in. */
public final class Vault {

    /** Argon2id's memory: RFC 9106's second recommendation, which a small container can spare. */
    private static final int ARGON2_MEMORY_KIB = 64 * 1024;

    private static final int ARGON2_ITERATIONS = 3;
    private static final int SALT_LENGTH = 32;
    private static final String PROBE_PLACE = "probe";
    private static final byte[] PROBE = "this vault is open".getBytes(StandardCharsets.US_ASCII);

    private Vault() {}

    /**
     * Opens the vault, which is made on the first day.
     *
     * @throws VaultException if it was made with another secret
     */
    public static SecretBox open(VaultStore store, MasterSecret secret, SecureRandom random) {
        Optional<VaultRecord> known = store.load();
        if (known.isEmpty()) {
            return create(store, secret, random);
        }
        VaultRecord vault = known.get();
        if (!vault.source().equals(secret.source())) {
            throw new VaultException("this wallet's secrets were sealed with a " + vault.source() + ", but a "
                    + secret.source() + " is configured: set "
                    + (vault.source().equals(MasterSecret.Passphrase.SOURCE)
                            ? "rensa.wallet.passphrase"
                            : "rensa.wallet.master-secret-file"));
        }
        SecretBox box = box(vault, secret, random);
        try {
            box.open(vault.probe(), PROBE_PLACE);
        } catch (VaultException e) {
            throw new VaultException(
                    "the configured " + vault.source()
                            + " does not open this wallet's secrets: it is not the one that they were sealed with",
                    e);
        }
        return box;
    }

    private static SecretBox create(VaultStore store, MasterSecret secret, SecureRandom random) {
        byte[] salt = new byte[SALT_LENGTH];
        random.nextBytes(salt);
        boolean stretched = secret.source().equals(MasterSecret.Passphrase.SOURCE);
        VaultRecord parameters = new VaultRecord(
                secret.source(),
                HexFormat.of().formatHex(salt),
                stretched ? ARGON2_MEMORY_KIB : 0,
                stretched ? ARGON2_ITERATIONS : 0,
                "");
        SecretBox box = box(parameters, secret, random);
        store.save(new VaultRecord(
                parameters.source(),
                parameters.salt(),
                parameters.memoryKib(),
                parameters.iterations(),
                box.seal(PROBE, PROBE_PLACE)));
        return box;
    }

    private static SecretBox box(VaultRecord parameters, MasterSecret secret, SecureRandom random) {
        byte[] key = secret.deriveKey(parameters);
        try {
            return new SecretBox(key, random);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }
}
