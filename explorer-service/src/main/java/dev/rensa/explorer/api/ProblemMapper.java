package dev.rensa.explorer.api;

import dev.rensa.explorer.index.IndexStoreException;
import dev.rensa.protocol.api.Problem;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.Locale;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Every error leaves as a problem document. */
public final class ProblemMapper {

    private static final Logger LOG = Logger.getLogger(ProblemMapper.class);
    private static final int UNAVAILABLE = 503;
    private static final int INTERNAL = 500;

    /** What the explorer itself refuses. */
    @ServerExceptionMapper
    public Response refused(ProblemException refused) {
        return answer(refused.problem());
    }

    /** What the framework refuses before the explorer is asked. */
    @ServerExceptionMapper
    public Response refused(WebApplicationException refused) {
        int status = refused.getResponse().getStatus();
        Response.StatusType info = refused.getResponse().getStatusInfo();
        String code = info.getReasonPhrase().toLowerCase(Locale.ROOT).replace(' ', '-');
        String detail = switch (status) {
            case 404 -> "There is nothing at this path; /q/openapi lists what there is.";
            case 405 -> "This path is only read: use GET.";
            case 406 -> "This path has no answer of the type that the Accept header asks for.";
            default -> "The request cannot be answered: " + info.getReasonPhrase() + ".";
        };
        return answer(Problem.of(status, code.isEmpty() ? "refused" : code, detail));
    }

    /** Our own database. */
    @ServerExceptionMapper
    public Response failed(IndexStoreException failed) {
        LOG.error("A request could not be answered", failed);
        return answer(Problem.of(
                UNAVAILABLE, "index-unavailable", "The explorer's database does not answer; its log says why."));
    }

    /** A mistake of ours: told apart from the caller's, and logged with its trace. */
    @ServerExceptionMapper
    public Response failed(RuntimeException failed) {
        LOG.error("A request met a mistake in the explorer", failed);
        return answer(Problem.of(
                INTERNAL,
                "internal-error",
                "The explorer made a mistake; its log holds the details. Please report it."));
    }

    private static Response answer(Problem problem) {
        return Response.status(problem.status())
                .type(Problem.MEDIA_TYPE)
                .entity(problem)
                .build();
    }
}
