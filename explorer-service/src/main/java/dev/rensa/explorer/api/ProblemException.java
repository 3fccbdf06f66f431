package dev.rensa.explorer.api;

import dev.rensa.protocol.api.Problem;

/** A request that is answered with a problem document. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int UNAVAILABLE = 503;

    private final int status;
    private final String code;
    private final String detail;

    /** No stack trace: anybody can ask for what is not there. */
    private ProblemException(int status, String code, String detail) {
        super(detail, null, false, false);
        this.status = status;
        this.code = code;
        this.detail = detail;
    }

    /** The request itself is wrong; {@code detail} says what in it. */
    public static ProblemException badRequest(String code, String detail) {
        return new ProblemException(BAD_REQUEST, code, detail);
    }

    /** The caller may not do this. */
    static ProblemException forbidden(String code, String detail) {
        return new ProblemException(FORBIDDEN, code, detail);
    }

    /** Nothing of that name is known. */
    static ProblemException notFound(String code, String detail) {
        return new ProblemException(NOT_FOUND, code, detail);
    }

    /** It does not fit what is so at present; {@code detail} says what. */
    static ProblemException conflict(String code, String detail) {
        return new ProblemException(CONFLICT, code, detail);
    }

    /** It may be answered later, once {@code detail} is mended. */
    static ProblemException unavailable(String code, String detail) {
        return new ProblemException(UNAVAILABLE, code, detail);
    }

    /** What a node answered, in its own words. */
    static ProblemException of(Problem problem) {
        return new ProblemException(problem.status(), problem.code(), String.valueOf(problem.detail()));
    }

    /** The document. */
    public Problem problem() {
        return Problem.of(status, code, detail);
    }
}
