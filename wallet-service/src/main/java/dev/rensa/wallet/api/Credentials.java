package dev.rensa.wallet.api;

import dev.rensa.wallet.access.Loopback;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;

/** What a request brings to prove who makes it. */
final class Credentials {

    private static final String BEARER = "bearer ";

    /** What proxies add to a request that they pass on. */
    private static final List<String> FORWARDED =
            List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via");

    private Credentials() {}

    /** The API key. */
    static Optional<String> apiKey(RoutingContext request) {
        return Optional.ofNullable(request.request().getHeader(AccessSettings.KEY_HEADER));
    }

    /** The token. */
    static Optional<String> token(RoutingContext request) {
        return Optional.ofNullable(request.request().getHeader(HttpHeaders.AUTHORIZATION))
                .filter(header -> header.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .map(header -> header.substring(BEARER.length()));
    }

    /** Whether somebody on this machine makes it, and not a proxy here for somebody elsewhere. */
    static boolean isOfThisMachine(RoutingContext request) {
        return Loopback.isLoopback(address(request))
                && FORWARDED.stream().noneMatch(request.request().headers()::contains);
    }

    /** The numeric address that it comes from, empty when it is not known. */
    static String address(RoutingContext request) {
        var remote = request.request().remoteAddress();
        String address = remote == null ? null : remote.hostAddress();
        return address == null ? "" : address;
    }
}
