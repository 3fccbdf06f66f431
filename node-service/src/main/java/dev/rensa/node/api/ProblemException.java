package dev.rensa.node.api;

import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.verdict.RejectionReason;

/** Ends a request with a problem document. Without a stack trace: anybody can cause it. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final RejectionReason reason;
    private final String detail;

    public ProblemException(Rejection rejection) {
        super(rejection.toString(), null, false, false);
        this.reason = rejection.reason();
        this.detail = rejection.detail();
    }

    public ProblemException(RejectionReason reason, String detail) {
        this(new Rejection(reason, detail));
    }

    public Rejection rejection() {
        return new Rejection(reason, detail);
    }
}
