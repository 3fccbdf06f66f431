package dev.rensa.node.api;

import dev.rensa.protocol.api.Problem;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.Json;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Problem documents for requests that end before they reach a resource: a body over the limit, a path of nobody. */
@ApplicationScoped
class RouteProblems {

    /** Largest body of any request. */
    static final String MAX_BODY_SETTING = "quarkus.http.limits.max-body-size";

    private static final int BEFORE_ALL_OTHERS = -10_000;

    /** After the framework has noted its limit for the body, and before anybody reads it. */
    private static final int BEFORE_THE_BODY = -1;

    private static final List<Integer> STATUSES = List.of(400, 404, 405, 406, 413, 415, 500, 503);

    private final long maxBodyBytes;

    RouteProblems(@ConfigProperty(name = MAX_BODY_SETTING) MemorySize maxBody) {
        this.maxBodyBytes = maxBody.asLongValue();
    }

    void register(@Observes Router router) {
        STATUSES.forEach(status -> router.errorHandler(status, RouteProblems::answer));
        router.route().order(BEFORE_ALL_OTHERS).handler(this::refuseLargeBody);
        router.route().order(BEFORE_THE_BODY).handler(RouteProblems::leaveChunksToBodyLimit);
    }

    /** The framework refuses such a body as well, but without a word. */
    private void refuseLargeBody(RoutingContext context) {
        if (declaredBytes(context) > maxBodyBytes) {
            refuseUnread(context, HttpProblems.of(413));
        } else {
            context.next();
        }
    }

    /** Answers and closes the connection: nobody should have to send what nobody reads. */
    static void refuseUnread(RoutingContext context, Problem problem) {
        context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        answer(context, problem)
                .onComplete(sent -> context.request().connection().close());
    }

    /** The framework would end such a request without a word as well. */
    private static void leaveChunksToBodyLimit(RoutingContext context) {
        if (context.request().getHeader(HttpHeaders.CONTENT_LENGTH) == null) {
            context.put(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY, Long.MAX_VALUE);
        }
        context.next();
    }

    /** What the request says of its body's length; 0 where it says nothing. */
    static long declaredBytes(RoutingContext context) {
        String length = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static void answer(RoutingContext context) {
        if (context.response().ended() || context.response().headWritten()) {
            return;
        }
        int status = context.statusCode() < 400 ? 500 : context.statusCode();
        answer(context, HttpProblems.of(status));
    }

    private static Future<Void> answer(RoutingContext context, Problem problem) {
        return context.response()
                .setStatusCode(problem.status())
                .putHeader("Content-Type", Problem.MEDIA_TYPE)
                .end(Json.encode(problem));
    }
}
