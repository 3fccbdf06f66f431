package dev.rensa.explorer.api;

import dev.rensa.protocol.api.NodeApi;
import dev.rensa.protocol.crypto.Sha256;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets administrative calls pass with the admin key, or from this machine where none is set; never from a web page of
 * another origin, nor over loopback under a name that is not this machine's, as a page has it that made its own name
 * point here.
 */
@ApplicationScoped
class AdminGuard {

    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

    private final AdminSettings settings;

    AdminGuard(AdminSettings settings) {
        this.settings = settings;
    }

    /** Returns if the caller may; otherwise it is a problem. */
    void check(HttpServerRequest request) {
        String host = text(request.getHeader("Host"));
        String origin = request.getHeader("Origin");
        boolean local = isLoopback(request.remoteAddress());
        boolean foreign = origin != null && !origin.equals("http://" + host) && !origin.equals("https://" + host);
        if (foreign || (local && !LOOPBACK_NAMES.contains(nameOf(host)))) {
            throw ProblemException.forbidden(
                    "foreign-origin",
                    "This call comes from a web page of another origin, or under a name that is not this machine's: call"
                            + " the explorer itself, on its own machine as localhost.");
        }
        if (settings.key().isPresent()) {
            requireKey(settings.key().get(), request.getHeader(NodeApi.ADMIN_KEY_HEADER));
        } else if (!local) {
            throw ProblemException.forbidden(
                    "admin-key-required",
                    "This call needs an admin key, and this explorer has none (rensa.explorer.admin-key): it answers on"
                            + " the explorer's own machine alone.");
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

    private static boolean isLoopback(@Nullable SocketAddress remote) {
        try {
            return remote != null
                    && remote.hostAddress() != null
                    && InetAddress.getByName(remote.hostAddress()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** The host without its port; an IPv6 address keeps its brackets. */
    private static String nameOf(String host) {
        int bracket = host.lastIndexOf(']');
        int colon = host.indexOf(':', Math.max(bracket, 0));
        return (colon < 0 ? host : host.substring(0, colon)).toLowerCase(Locale.ROOT);
    }

    private static String text(@Nullable String header) {
        return header == null ? "" : header;
    }
}
