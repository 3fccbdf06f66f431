package dev.rensa.explorer.index;

/** The explorer's own database failed; no node is to blame, and nothing was changed. */
public final class IndexStoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public IndexStoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
