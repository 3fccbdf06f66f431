package dev.rensa.node.api;

import dev.rensa.protocol.api.Problem;
import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.verdict.RejectionReason;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import java.net.InetAddress;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/**
 * Keeps web pages from using the node through the browser of somebody who may. A page of another origin is known by its
 * Origin header (cross-site request forgery); without CORS headers it does not see what it reads, so only what changes
 * something is refused to it. A page that made its own name point to this machine (DNS rebinding) has the node's origin and
 * would see everything; it is known by a Host header that is none of this machine's names. A host that is an address was
 * never looked up, so reading is free to it.
 */
@ApplicationScoped
class BrowserGuard {

    private final ApiSettings settings;

    BrowserGuard(ApiSettings settings) {
        this.settings = settings;
    }

    @ServerRequestFilter
    @Nullable
    Response check(ContainerRequestContext context, HttpServerRequest request) {
        boolean reads = context.getMethod().equals(HttpMethod.GET)
                || context.getMethod().equals(HttpMethod.HEAD);
        RequestOrigin origin = RequestOrigin.of(request);
        return (reads ? judgeReading(origin) : judge(origin))
                .map(BrowserGuard::refuse)
                .orElse(null);
    }

    /** Judges what only reads: why it is refused, if it is. Browsers always name a host. */
    Optional<String> judgeReading(RequestOrigin origin) {
        String name = origin.hostName();
        return name.isEmpty() || isAddress(name) ? Optional.empty() : judgeName(origin);
    }

    /** Judges where a request comes from that changes something. */
    Optional<String> judge(RequestOrigin origin) {
        if (origin.isOfForeignPage()) {
            return Optional.of(
                    "this call comes from a web page of another origin than this node's own: call the node itself,"
                            + " without an Origin header");
        }
        return judgeName(origin);
    }

    private Optional<String> judgeName(RequestOrigin origin) {
        if (origin.isUnderForeignName(settings.allowedHosts())) {
            return Optional.of(
                    "this call comes from this machine, but under a name (Host) that is not this machine's: use"
                            + " localhost, or add the name to rensa.api.allowed-hosts");
        }
        return Optional.empty();
    }

    /** Whether a host is an address, in brackets if it is one of IPv6, and no name. */
    private static boolean isAddress(String host) {
        try {
            InetAddress.ofLiteral(
                    host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Response refuse(String detail) {
        Problem problem = HttpProblems.of(new Rejection(RejectionReason.FOREIGN_ORIGIN, detail));
        return Response.status(problem.status())
                .entity(problem)
                .type(Problem.MEDIA_TYPE)
                .build();
    }
}
