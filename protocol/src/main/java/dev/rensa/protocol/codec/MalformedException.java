package dev.rensa.protocol.codec;

import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.verdict.RejectionReason;

/**
 * Bytes that do not have the canonical form. Thrown by decoders and turned into a {@link Rejection} at the boundary
 * where the bytes came in. It carries no stack trace: anybody can send bad bytes, and filling one in is the dearest part
 * of refusing them.
 */
public final class MalformedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final RejectionReason reason;
    private final String detail;

    public MalformedException(RejectionReason reason, String detail) {
        super(detail, null, false, false);
        this.reason = reason;
        this.detail = detail;
    }

    /** The reason and its sentence. */
    public Rejection rejection() {
        return new Rejection(reason, detail);
    }
}
