package dev.rensa.network.client;

/** A service answered that it will not do what was asked. */
public final class RefusedException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String code;

    /**
     * @param status the HTTP status
     * @param code reason code of the problem document; empty if the answer was none
     */
    RefusedException(String message, int status, String code) {
        super(message);
        this.status = status;
        this.code = code;
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }
}
