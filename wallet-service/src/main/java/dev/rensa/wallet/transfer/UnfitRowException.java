package dev.rensa.wallet.transfer;

import java.io.Serial;

/** The storage does not take one of the rows that were to be written together: none of them was written. */
public final class UnfitRowException extends StoreException {

    @Serial
    private static final long serialVersionUID = 1L;

    public UnfitRowException(String message, Throwable cause) {
        super(message, cause);
    }
}
