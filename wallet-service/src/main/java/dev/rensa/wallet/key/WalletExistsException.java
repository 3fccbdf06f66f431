package dev.rensa.wallet.key;

import java.io.Serial;

/** A mnemonic or account is to be taken in that a wallet holds already. */
public final class WalletExistsException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    WalletExistsException(WalletId holder) {
        super("wallet " + holder + " holds this mnemonic or account already: use that one");
    }
}
