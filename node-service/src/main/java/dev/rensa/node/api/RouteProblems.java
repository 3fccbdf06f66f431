package dev.rensa.node.api;

import dev.rensa.protocol.api.Problem;
import io.vertx.core.json.Json;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/** Problem documents for requests that end before they reach a resource: a body over the limit, a path of nobody. */
@ApplicationScoped
class RouteProblems {

    private static final List<Integer> STATUSES = List.of(400, 404, 405, 406, 413, 415, 500, 503);

    void register(@Observes Router router) {
        STATUSES.forEach(status -> router.errorHandler(status, RouteProblems::answer));
    }

    private static void answer(RoutingContext context) {
        if (context.response().ended() || context.response().headWritten()) {
            return;
        }
        int status = context.statusCode() < 400 ? 500 : context.statusCode();
        Problem problem = HttpProblems.of(status);
        context.response()
                .setStatusCode(problem.status())
                .putHeader("Content-Type", Problem.MEDIA_TYPE)
                .end(Json.encode(problem));
    }
}
