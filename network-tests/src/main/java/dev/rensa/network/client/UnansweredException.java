package dev.rensa.network.client;

/** Nobody answered, or not in time. */
public final class UnansweredException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnansweredException(String message, Throwable cause) {
        super(message, cause);
    }
}
