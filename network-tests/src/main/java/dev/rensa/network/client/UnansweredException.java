package dev.rensa.network.client;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Nobody answered, or not in time. */
public final class UnansweredException extends UncheckedIOException {
    private static final long serialVersionUID = 1;

    UnansweredException(String message, IOException cause) {
        super(message, cause);
    }
}
