package dev.rensa.node.api;

import dev.rensa.protocol.api.Problem;
import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.verdict.RejectionReason;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
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
 * Keeps web pages from using the node through the browser of somebody who may. A page of another origin is known by its
 * Origin header (cross-site request forgery); without CORS headers it does not see what it reads, so only what changes
 * something is refused to it. A page that made its own name point to this machine (DNS rebinding) has the node's origin and
 * would see everything; it is known by a Host header that is none of this machine's names. A host that is an address was
 * never looked up, so reading is free to it.
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
        boolean local = Loopback.isLoopback(request.remoteAddress());
        String host = hostOf(context, request);
        boolean reads = context.getMethod().equals(HttpMethod.GET)
                || context.getMethod().equals(HttpMethod.HEAD);
        Optional<String> why = reads
                ? judgeReading(host, local)
                : judge(host, Optional.ofNullable(context.getHeaderString(ORIGIN)), local);
        return why.map(BrowserGuard::refuse).orElse(null);
    }

    /** HTTP/2 has the pseudo-header :authority in its place. Empty if there is neither; browsers always send one. */
    private static String hostOf(ContainerRequestContext context, HttpServerRequest request) {
        String host = context.getHeaderString(HttpHeaders.HOST);
        if (host != null) {
            return host;
        }
        HostAndPort authority = request.authority();
        return authority == null ? "" : authority.toString();
    }

    /**
     * Judges what only reads.
     *
     * @param host the Host header; empty if there is none
     * @param local whether it comes over this machine's loopback
     */
    Optional<String> judgeReading(String host, boolean local) {
        String name = nameOf(host);
        return local && !name.isEmpty() && !Loopback.isAddress(name) ? judgeName(name) : Optional.empty();
    }

    /**
     * Judges where a request comes from that changes something.
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
        return local ? judgeName(nameOf(host)) : Optional.empty();
    }

    private Optional<String> judgeName(String name) {
        if (!Loopback.isLoopbackName(name) && !settings.allowedHosts().contains(name)) {
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
