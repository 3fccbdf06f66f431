package dev.rensa.node.api;

import dev.rensa.protocol.api.Problem;
import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.verdict.RejectionReason;

/** Problem documents of rejections, and of what HTTP itself refuses. */
final class HttpProblems {

    private HttpProblems() {}

    static Problem of(Rejection rejection) {
        return Problem.of(ProblemStatus.of(rejection.reason()), rejection);
    }

    static Problem of(int status) {
        return switch (status) {
            case 404 -> of(new Rejection(RejectionReason.NOT_FOUND, "there is nothing at this path; see /q/openapi"));
            case 405 ->
                Problem.of(405, "method-not-allowed", "this path does not answer to that method; see /q/openapi");
            case 406 -> Problem.of(406, "not-acceptable", "nothing here comes in a media type that Accept names");
            case 413 ->
                of(new Rejection(
                        RejectionReason.BODY_TOO_LARGE,
                        "the body is larger than this node reads (quarkus.http.limits.max-body-size,"
                                + " rensa.api.max-transaction-body for a single transaction)"));
            case 415 ->
                Problem.of(
                        415,
                        "unsupported-media-type",
                        "the Content-Type is not one that this path reads;" + " see /q/openapi");
            case 503 -> of(new Rejection(RejectionReason.NOT_READY, "the node cannot answer at the moment"));
            default ->
                status >= 500
                        ? of(new Rejection(
                                RejectionReason.INTERNAL_ERROR,
                                "the node failed to answer this request; its log says why"))
                        : Problem.of(status, RejectionReason.MALFORMED_REQUEST.code(), "the request cannot be read");
        };
    }
}
