package dev.rensa.node.api;

import dev.rensa.protocol.api.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.SimpleResourceInfo;
import org.jspecify.annotations.Nullable;

/** Refuses a body that declares itself too large for a single transaction before it is parsed. */
@ApplicationScoped
class BodySizeGuard {

    private final SubmissionCommands submissions;

    BodySizeGuard(SubmissionCommands submissions) {
        this.submissions = submissions;
    }

    @ServerRequestFilter
    @Nullable
    Response check(ContainerRequestContext context, SimpleResourceInfo resource) {
        if (!resource.getMethodName().equals("submit")) {
            return null;
        }
        try {
            submissions.requireSmall(context.getLength());
            return null;
        } catch (ProblemException e) {
            Problem problem = HttpProblems.of(e.rejection());
            return Response.status(problem.status())
                    .entity(problem)
                    .type(Problem.MEDIA_TYPE)
                    .build();
        }
    }
}
