package dev.rensa.wallet.transfer;

import java.io.Serial;

/** Another replica wrote a request of the same idempotency key first, or an approval was refused: nothing was written. */
public final class RequestTakenException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** An approval was refused, or became a transfer, at the same moment. */
    public RequestTakenException() {
        super("somebody decided about this approval at the same moment: ask again");
    }

    public RequestTakenException(Throwable cause) {
        super("another replica accepted a request of this Idempotency-Key at the same moment: ask again", cause);
    }
}
