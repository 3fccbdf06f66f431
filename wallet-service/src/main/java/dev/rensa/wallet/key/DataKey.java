package dev.rensa.wallet.key;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;

/** The key that a vault's secrets are sealed with, on its way into a backup and back. {@link #close()} wipes it. */
public final class DataKey implements AutoCloseable {

    private final byte[] key;
    private final SecretBox box;

    private DataKey(byte[] key, SecureRandom random) {
        this.key = key;
        this.box = new SecretBox(key, random);
    }

    /**
     * A vault's own.
     *
     * @throws VaultLockedException if it is locked
     */
    public static DataKey of(Vault vault) {
        return new DataKey(vault.copyDataKey(), new SecureRandom());
    }

    /**
     * Reads what {@link #toBase64()} wrote.
     *
     * @throws VaultException if it is no key
     */
    public static DataKey ofBase64(String text, SecureRandom random) {
        try {
            byte[] key = Base64.getDecoder().decode(text);
            if (key.length == SecretBox.KEY_LENGTH) {
                return new DataKey(key, random);
            }
        } catch (IllegalArgumentException e) {
            throw new VaultException("the backup's data key cannot be read", e);
        }
        throw new VaultException("the backup's data key is not one of " + SecretBox.KEY_LENGTH + " bytes");
    }

    /** As text; it goes into encrypted files alone. */
    public String toBase64() {
        return Base64.getEncoder().encodeToString(key);
    }

    /**
     * Opens a secret that was sealed with this key and seals it with another vault's.
     *
     * @throws VaultException if it does not open
     */
    public String reseal(String sealed, String place, Vault vault) {
        byte[] secret = box.open(sealed, place);
        try {
            return vault.box().seal(secret, place);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    @Override
    public void close() {
        Arrays.fill(key, (byte) 0);
    }

    @Override
    public String toString() {
        return "DataKey[hidden]";
    }
}
