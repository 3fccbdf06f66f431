package dev.rensa.protocol.genesis;

/** A genesis that breaks a rule; the message says which field and why. */
public final class InvalidGenesisException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    public InvalidGenesisException(String message) {
        super(message);
    }
}
