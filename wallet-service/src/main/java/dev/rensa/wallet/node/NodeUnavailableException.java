package dev.rensa.wallet.node;

import java.io.Serial;

/** A node did not answer, or not with anything of use. */
public class NodeUnavailableException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    public NodeUnavailableException(String message) {
        super(message);
    }

    public NodeUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
