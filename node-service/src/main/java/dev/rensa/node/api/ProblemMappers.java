package dev.rensa.node.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.rensa.node.chain.StorageException;
import dev.rensa.node.peer.RateLimitedLog;
import dev.rensa.protocol.api.Problem;
import dev.rensa.protocol.codec.MalformedException;
import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.verdict.RejectionReason;
import io.vertx.core.http.HttpClosedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns whatever ends a request into a problem document. */
class ProblemMappers {

    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

    /** Stack traces that requests can cause a minute. */
    static final int FAILURES_PER_MINUTE = 6;

    /** Causes of a failure that are looked at: a chain of them may be a ring. */
    private static final int MAX_CAUSES = 10;

    private final RateLimitedLog failures = new RateLimitedLog(LOG, FAILURES_PER_MINUTE);

    @ServerExceptionMapper
    Response map(ProblemException e) {
        return response(e.rejection());
    }

    @ServerExceptionMapper
    Response map(MalformedException e) {
        return response(e.rejection());
    }

    /** Beside its superclass, for which the framework has a mapper of its own that would come first. */
    @ServerExceptionMapper(priority = 1)
    Response map(MismatchedInputException e) {
        return response(JsonProblems.of(e));
    }

    @ServerExceptionMapper(priority = 1)
    Response map(JsonProcessingException e) {
        return response(JsonProblems.of(e));
    }

    @ServerExceptionMapper
    Response map(StorageException e) {
        failures.error(() -> "The storage could not be read for a request", e);
        return response(
                new Rejection(RejectionReason.STORAGE_FAILURE, "the node cannot read its storage; its log says why"));
    }

    @ServerExceptionMapper
    Response map(WebApplicationException e) {
        if (e.getCause() instanceof JsonProcessingException json) {
            return response(JsonProblems.of(json));
        }
        Response original = e.getResponse();
        // A parameter that is not a number counts as "not found" in Jakarta REST; the person who typed it thinks
        // otherwise.
        if (original.getStatus() == 404 && e.getCause() != null) {
            return response(new Rejection(
                    RejectionReason.MALFORMED_REQUEST, "a parameter of the query or the path is not a whole number"));
        }
        Problem problem = HttpProblems.of(original.getStatus());
        Response.ResponseBuilder builder =
                Response.status(problem.status()).entity(problem).type(Problem.MEDIA_TYPE);
        Object allow = original.getHeaders().getFirst(HttpHeaders.ALLOW);
        return allow == null
                ? builder.build()
                : builder.header(HttpHeaders.ALLOW, allow).build();
    }

    @ServerExceptionMapper
    Response map(Exception e) {
        if (isOfTheConnection(e)) {
            LOG.debug("A client went away before its request ended", e);
            Problem problem = HttpProblems.of(400);
            return Response.status(problem.status())
                    .entity(problem)
                    .type(Problem.MEDIA_TYPE)
                    .build();
        }
        failures.error(() -> "A request failed for a reason of ours", e);
        return response(new Rejection(
                RejectionReason.INTERNAL_ERROR, "the node failed to answer this request; its log says why"));
    }

    /** The node's own disk speaks through {@link StorageException}, so other input and output is the client's connection. */
    private static boolean isOfTheConnection(Exception e) {
        Throwable cause = e;
        for (int i = 0; i < MAX_CAUSES && cause != null; i++) {
            if (cause instanceof IOException || cause instanceof HttpClosedException) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private static Response response(Rejection rejection) {
        Problem problem = HttpProblems.of(rejection);
        return Response.status(problem.status())
                .entity(problem)
                .type(Problem.MEDIA_TYPE)
                .build();
    }
}
