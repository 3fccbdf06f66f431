package dev.rensa.node.api;

import dev.rensa.protocol.api.Problem;
import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.verdict.RejectionReason;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Locale;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/**
 * Keeps web pages from commanding the node through the browser of somebody who may. A page of another origin is known by
 * its Origin header (cross-site request forgery); one that made its own name point to this machine, by a Host header that is
 * none of this machine's names (DNS rebinding). What only reads is not concerned: without CORS headers no page of another
 * origin sees the answer.
 */
@ApplicationScoped
class BrowserGuard {

    private static final String ORIGIN = "Origin";

    private final ApiSettings settings;

    BrowserGuard(ApiSettings settings) {
        this.settings = settings;
    }

    @ServerRequestFilter
    @Nullable
    Response check(ContainerRequestContext context, HttpServerRequest request) {
        if (context.getMethod().equals(HttpMethod.GET) || context.getMethod().equals(HttpMethod.HEAD)) {
            return null;
        }
        String host = context.getHeaderString(HttpHeaders.HOST);
        return judge(
                        host == null ? "" : host,
                        Optional.ofNullable(context.getHeaderString(ORIGIN)),
                        Loopback.isLoopback(request.remoteAddress()))
                .map(BrowserGuard::refuse)
                .orElse(null);
    }

    /**
     * Judges where a request comes from.
     *
     * @param host the Host header
     * @param local whether it comes over this machine's loopback
     */
    Optional<String> judge(String host, Optional<String> origin, boolean local) {
        if (origin.isPresent() && !isOf(origin.get(), host)) {
            return Optional.of(
                    "this call comes from a web page of another origin than this node's own: call the node itself,"
                            + " without an Origin header");
        }
        String name = nameOf(host);
        if (local && !Loopback.isLoopbackName(name) && !settings.allowedHosts().contains(name)) {
            return Optional.of(
                    "this call comes from this machine, but under a name (Host) that is not this machine's: use"
                            + " localhost, or add the name to rensa.api.allowed-hosts");
        }
        return Optional.empty();
    }

    private static boolean isOf(String origin, String host) {
        return origin.equalsIgnoreCase("http://" + host) || origin.equalsIgnoreCase("https://" + host);
    }

    /** The host without its port; an IPv6 address keeps its brackets. */
    private static String nameOf(String host) {
        int bracket = host.lastIndexOf(']');
        int colon = host.indexOf(':', Math.max(bracket, 0));
        return (colon < 0 ? host : host.substring(0, colon)).toLowerCase(Locale.ROOT);
    }

    private static Response refuse(String detail) {
        Problem problem = HttpProblems.of(new Rejection(RejectionReason.FOREIGN_ORIGIN, detail));
        return Response.status(problem.status())
                .entity(problem)
                .type(Problem.MEDIA_TYPE)
                .build();
    }
}
