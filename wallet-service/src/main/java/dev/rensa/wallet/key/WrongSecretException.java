package dev.rensa.wallet.key;

import java.io.Serial;

/** A passphrase or master secret is not the one that the secrets were sealed with. */
public final class WrongSecretException extends VaultException {

    @Serial
    private static final long serialVersionUID = 1L;

    WrongSecretException(String message, Throwable cause) {
        super(message, cause);
    }
}
