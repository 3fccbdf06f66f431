package dev.rensa.node.maintenance;

/** A maintenance command cannot do what it was asked to; the message is the sentence that its operator reads. */
public final class MaintenanceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MaintenanceException(String sentence) {
        super(sentence);
    }
}
