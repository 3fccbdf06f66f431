package dev.rensa.wallet.key;

import java.io.Serial;

/** Secrets cannot be opened. The message says why and what to do; it never holds any. */
public class VaultException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    public VaultException(String message) {
        super(message);
    }

    public VaultException(String message, Throwable cause) {
        super(message, cause);
    }
}
