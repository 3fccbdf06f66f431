package dev.rensa.wallet.key;

import java.util.Arrays;
import java.util.function.Function;

/** Seals other rooms' secrets with the vault's data key. Safe for use by several threads. */
public final class SealedTexts {

    private final Vault vault;

    public SealedTexts(Vault vault) {
        this.vault = vault;
    }

    /**
     * Seals a secret for the place named, and wipes it.
     *
     * @throws VaultLockedException if the vault is locked
     */
    public String seal(byte[] secret, String place) {
        try {
            return vault.box().seal(secret, place);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    /**
     * Opens what {@link #seal} made for the same place, and wipes it behind the reader.
     *
     * @throws VaultLockedException if the vault is locked
     * @throws VaultException if it does not open
     */
    public <T> T open(String sealed, String place, Function<byte[], T> reader) {
        byte[] secret = vault.box().open(sealed, place);
        try {
            return reader.apply(secret);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }
}
