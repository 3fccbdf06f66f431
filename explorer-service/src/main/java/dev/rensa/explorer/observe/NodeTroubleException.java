package dev.rensa.explorer.observe;

/** A node did not answer, or answered what cannot be read. The message is a sentence for people. */
public final class NodeTroubleException extends Exception {

    private static final long serialVersionUID = 1L;

    public NodeTroubleException(String message) {
        super(message);
    }

    public NodeTroubleException(String message, Throwable cause) {
        super(message, cause);
    }
}
