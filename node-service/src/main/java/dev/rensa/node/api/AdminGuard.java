package dev.rensa.node.api;

import dev.rensa.protocol.api.NodeApi;
import dev.rensa.protocol.api.Problem;
import dev.rensa.protocol.crypto.Sha256;
import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.verdict.RejectionReason;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.SimpleResourceInfo;
import org.jspecify.annotations.Nullable;

/** Lets administrative calls pass with the admin key, or from this machine where no key is set, and through no proxy here. */
@ApplicationScoped
class AdminGuard {

    private final ApiSettings settings;

    AdminGuard(ApiSettings settings) {
        this.settings = settings;
    }

    @ServerRequestFilter
    @Nullable
    Response check(ContainerRequestContext context, SimpleResourceInfo resource, HttpServerRequest request) {
        if (!NodeResource.ADMINISTRATIVE.contains(resource.getMethodName())) {
            return null;
        }
        if (settings.adminKey().isPresent()) {
            return checkKey(settings.adminKey().get(), context.getHeaderString(NodeApi.ADMIN_KEY_HEADER));
        }
        return RequestOrigin.of(request).isOfThisMachine()
                ? null
                : refuse("this call needs an admin key, and this node has none (rensa.admin-key): it answers on the"
                        + " node's own machine alone, and nobody through a proxy");
    }

    private static @Nullable Response checkKey(String expected, @Nullable String given) {
        // Hashes are of one length, so the time tells neither how long the key is nor how much of it was right.
        if (given != null && MessageDigest.isEqual(hash(expected), hash(given))) {
            return null;
        }
        return refuse("this call needs the node's admin key in the header " + NodeApi.ADMIN_KEY_HEADER);
    }

    private static byte[] hash(String key) {
        return Sha256.hash(key.getBytes(StandardCharsets.UTF_8));
    }

    private static Response refuse(String detail) {
        Problem problem = HttpProblems.of(new Rejection(RejectionReason.ADMIN_KEY_REQUIRED, detail));
        return Response.status(problem.status())
                .entity(problem)
                .type(Problem.MEDIA_TYPE)
                .build();
    }
}
