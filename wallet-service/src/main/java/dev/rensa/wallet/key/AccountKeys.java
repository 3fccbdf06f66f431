package dev.rensa.wallet.key;

import dev.rensa.protocol.crypto.PrivateKey;
import java.util.Arrays;

/** Where a wallet's accounts lie below its mnemonic: BIP-44 with SLIP-44's coin type of all test coins. */
public final class AccountKeys {

    private static final int PURPOSE = 44 | ExtendedKey.HARDENED;
    private static final int COIN_TYPE = 1 | ExtendedKey.HARDENED;
    private static final int ACCOUNT = ExtendedKey.HARDENED;
    private static final int EXTERNAL = 0;

    private AccountKeys() {}

    /** The path of an account, for people: {@code m/44'/1'/0'/0/i}. */
    public static String path(int index) {
        return "m/44'/1'/0'/0/" + index;
    }

    /** The key of an account, which the caller destroys. */
    static PrivateKey derive(WalletSecret secret, int index) {
        byte[] seed = secret.toSeed();
        try (ExtendedKey master = ExtendedKey.ofSeed(seed);
                ExtendedKey account = master.derive(PURPOSE, COIN_TYPE, ACCOUNT, EXTERNAL, index)) {
            return account.privateKey();
        } finally {
            Arrays.fill(seed, (byte) 0);
        }
    }
}
