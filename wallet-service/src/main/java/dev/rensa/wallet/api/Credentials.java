package dev.rensa.wallet.api;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** What a request brings to prove who makes it. */
final class Credentials {

    private static final String BEARER = "bearer ";

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
}
