package dev.rensa.explorer.api;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where a request comes from, as far as its connection and its headers tell. Node, wallet and explorer each have this file, the
 * same but for the package: they share no module that knows of HTTP, and a test compares the three.
 *
 * @param address numeric address that the connection comes from; empty if it is not known
 * @param host name and port under which the service is called (Host, or HTTP/2's :authority); empty if there is neither
 * @param page origin of the web page that makes it (RFC 6454); programs send none
 * @param forwarded whether it says that a proxy passes it on, for somebody elsewhere
 */
record RequestOrigin(String address, String host, Optional<String> page, boolean forwarded) {

    /** What proxies add to a request that they pass on (RFC 7239, RFC 9110, and what is usual), in lower case. */
    private static final Set<String> FORWARDING = Set.of("forwarded", "via", "x-real-ip", "x-client-ip");

    /** Of reverse proxies, and of the sidecars of service meshes. */
    private static final List<String> FORWARDING_PREFIXES = List.of("x-forwarded-", "x-envoy-", "l5d-");

    private static final Pattern LOOPBACK_NAME =
            Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[(::1|0:0:0:0:0:0:0:1)]");

    static RequestOrigin of(HttpServerRequest request) {
        SocketAddress remote = request.remoteAddress();
        String address = remote == null ? null : remote.hostAddress();
        return new RequestOrigin(
                address == null ? "" : address,
                hostOf(request),
                Optional.ofNullable(request.getHeader(HttpHeaders.ORIGIN)),
                request.headers().names().stream().anyMatch(RequestOrigin::isForwarding));
    }

    private static String hostOf(HttpServerRequest request) {
        String host = request.getHeader(HttpHeaders.HOST);
        if (host != null) {
            return host;
        }
        var authority = request.authority();
        return authority == null ? "" : authority.toString();
    }

    static boolean isForwarding(String header) {
        String name = header.toLowerCase(Locale.ROOT);
        return FORWARDING.contains(name) || FORWARDING_PREFIXES.stream().anyMatch(name::startsWith);
    }

    /** Whether the connection comes over this machine's loopback, be it from a program here or from a proxy. */
    boolean isOnLoopback() {
        // The JDK takes the empty text for loopback.
        return !address.isEmpty() && isLoopback(address);
    }

    /** Only a number can be: no name is resolved. */
    private static boolean isLoopback(String address) {
        try {
            return InetAddress.ofLiteral(address).isLoopbackAddress();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Whether somebody on this machine makes it, and not a proxy here for somebody elsewhere. */
    boolean isOfThisMachine() {
        return isOnLoopback() && !forwarded;
    }

    /** Whether a web page of another origin makes it, through the browser of somebody who may (cross-site request forgery). */
    boolean isOfForeignPage() {
        return page.isPresent()
                && !page.get().equalsIgnoreCase("http://" + host)
                && !page.get().equalsIgnoreCase("https://" + host);
    }

    /**
     * Whether it comes over loopback under a name that is none of this machine's, as a page has it that made its own name
     * point here (DNS rebinding). Names are never resolved, for a page may own them.
     *
     * @param allowedHosts further names under which clients of this machine may call, in lower case
     */
    boolean isUnderForeignName(Set<String> allowedHosts) {
        String name = hostName();
        return isOnLoopback() && !LOOPBACK_NAME.matcher(name).matches() && !allowedHosts.contains(name);
    }

    /** The host in lower case, without its port; an IPv6 address keeps its brackets. */
    String hostName() {
        int bracket = host.lastIndexOf(']');
        int colon = host.indexOf(':', Math.max(bracket, 0));
        return (colon < 0 ? host : host.substring(0, colon)).toLowerCase(Locale.ROOT);
    }
}
