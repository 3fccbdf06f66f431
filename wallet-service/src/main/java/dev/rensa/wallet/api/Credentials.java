package dev.rensa.wallet.api;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** What a request brings to prove who makes it. */
final class Credentials {

    private static final String BEARER = "bearer ";

    private Credentials() {}

    /** The API key, from the header or the page's cookie. */
    static Optional<String> apiKey(RoutingContext request) {
        String header = request.request().getHeader(AccessSettings.KEY_HEADER);
        if (header != null) {
            return Optional.of(header);
        }
        Cookie cookie = request.request().getCookie(AccessSettings.KEY_COOKIE);
        return Optional.ofNullable(cookie).map(Cookie::getValue).filter(value -> !value.isEmpty());
    }

    /** Whether it brings a token. */
    static boolean hasToken(RoutingContext request) {
        String header = request.request().getHeader(HttpHeaders.AUTHORIZATION);
        return header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length());
    }

    /** The numeric address that it comes from. */
    static String address(RoutingContext request) {
        var remote = request.request().remoteAddress();
        String address = remote == null ? null : remote.hostAddress();
        return address == null ? "" : address;
    }
}
