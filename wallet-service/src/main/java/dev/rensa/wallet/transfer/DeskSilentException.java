package dev.rensa.wallet.transfer;

import java.io.Serial;

/** The desk did not answer in time; what was asked of it may still happen. */
public final class DeskSilentException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    DeskSilentException(String message, Throwable cause) {
        super(message, cause);
    }
}
