package dev.rensa.node.app;

/** The node cannot start, for a reason that its operator can mend; the message is the sentence that they read. */
final class CannotStartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CannotStartException(String sentence) {
        super(sentence);
    }
}
