package dev.rensa.wallet.key;

import dev.rensa.protocol.crypto.PublicKey;
import org.jspecify.annotations.Nullable;

/**
 * An account of a wallet.
 *
 * @param index position in the wallet, from 0; the last number of its path
 * @param key its public key, which is the account on the chain
 * @param createdAtMillis milliseconds since 1970-01-01 UTC
 * @param label for people, 1 to 100 characters, if it has one
 */
public record Account(
        WalletId wallet,
        int index,
        PublicKey key,
        long createdAtMillis,
        @Nullable String label) {

    /** Its path below the mnemonic, where there is one. */
    public String path() {
        return AccountKeys.path(index);
    }
}
