package dev.rensa.explorer.api;

import dev.rensa.protocol.api.NodeApi;
import dev.rensa.protocol.crypto.Sha256;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * Lets administrative calls pass with the admin key, or from this machine where none is set, and through no proxy here; never
 * from a web page of another origin, nor over loopback under a name that is neither this machine's nor allowed, as a page has
 * it that made its own name point here.
 */
@ApplicationScoped
class AdminGuard {

    private final AdminSettings settings;

    AdminGuard(AdminSettings settings) {
        this.settings = settings;
    }

    /** Returns if the caller may; otherwise it is a problem. */
    void check(HttpServerRequest request) {
        check(RequestOrigin.of(request), request.getHeader(NodeApi.ADMIN_KEY_HEADER));
    }

    void check(RequestOrigin origin, @Nullable String key) {
        if (origin.isOfForeignPage()) {
            throw ProblemException.forbidden(
                    "foreign-origin",
                    "This call comes from a web page of another origin: open the explorer's own page. A proxy before the"
                            + " explorer must pass the Host header on.");
        }
        if (origin.isUnderForeignName(settings.allowedHosts())) {
            throw ProblemException.forbidden(
                    "foreign-origin",
                    "This call comes over loopback under a name that is not this machine's: call the explorer as"
                            + " localhost, or add the name to rensa.explorer.allowed-hosts.");
        }
        if (settings.key().isPresent()) {
            requireKey(settings.key().get(), key);
        } else if (!origin.isOfThisMachine()) {
            throw ProblemException.forbidden(
                    "admin-key-required",
                    "This call needs an admin key, and this explorer has none (rensa.explorer.admin-key): it answers on"
                            + " the explorer's own machine alone, and nobody through a proxy.");
        }
    }

    private static void requireKey(String expected, @Nullable String given) {
        // Hashes are of one length, so the time tells neither how long the key is nor how much of it was right.
        if (given == null || !MessageDigest.isEqual(hash(expected), hash(given))) {
            throw ProblemException.forbidden(
                    "admin-key-required",
                    "This call needs the explorer's admin key in the header " + NodeApi.ADMIN_KEY_HEADER + ".");
        }
    }

    private static byte[] hash(String key) {
        return Sha256.hash(key.getBytes(StandardCharsets.UTF_8));
    }
}
