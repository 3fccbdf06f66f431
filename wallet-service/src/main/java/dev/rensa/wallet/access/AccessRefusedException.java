package dev.rensa.wallet.access;

import java.io.Serial;

/** What somebody wants to do with keys cannot be done. The message is a sentence for the client. */
public final class AccessRefusedException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String code;

    AccessRefusedException(String code, String message) {
        super(message);
        this.code = code;
    }

    /** The problem's code. */
    public String code() {
        return code;
    }
}
