package dev.rensa.wallet.key;

import dev.rensa.protocol.crypto.PublicKey;

/**
 * An account of a wallet.
 *
 * @param index position in the wallet, from 0; the last number of its path
 * @param key its public key, which is the account on the chain
 * @param createdAtMillis milliseconds since 1970-01-01 UTC
 */
public record Account(WalletId wallet, int index, PublicKey key, long createdAtMillis) {

    /** Its path below the mnemonic. */
    public String path() {
        return AccountKeys.path(index);
    }
}
