package dev.rensa.wallet.transfer;

import java.io.Serial;

/** The storage failed: whether the write happened is not known. */
public class StoreException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
