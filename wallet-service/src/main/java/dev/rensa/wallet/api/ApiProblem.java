package dev.rensa.wallet.api;

import java.io.Serial;

/** A request that cannot be served; it becomes a problem document. */
final class ApiProblem extends RuntimeException {

    static final String MALFORMED = "malformed-request";

    @Serial
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    ApiProblem(int status, String code, String detail) {
        super(detail);
        this.status = status;
        this.code = code;
    }

    static ApiProblem malformed(String detail) {
        return new ApiProblem(400, MALFORMED, detail);
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }
}
