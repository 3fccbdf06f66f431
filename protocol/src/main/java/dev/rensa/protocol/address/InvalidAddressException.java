package dev.rensa.protocol.address;

import java.io.Serial;

/** A text is not an address of this network. The message is a sentence for the person who typed or pasted it. */
public final class InvalidAddressException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    InvalidAddressException(String message) {
        super(message);
    }
}
