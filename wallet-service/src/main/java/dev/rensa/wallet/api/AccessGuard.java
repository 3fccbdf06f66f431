package dev.rensa.wallet.api;

import dev.rensa.protocol.api.Problem;
import dev.rensa.wallet.access.AddressGroup;
import dev.rensa.wallet.access.ApiKey;
import dev.rensa.wallet.access.KeyRing;
import dev.rensa.wallet.access.KeySecret;
import dev.rensa.wallet.access.KnownTokens;
import dev.rensa.wallet.access.RateLimiter;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.Json;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Looks at every request on the API's port before anything else does: where it comes from, and how many came before. */
@Singleton
class AccessGuard {

    private static final int BEFORE_EVERYTHING = 2000;
    private static final int UNAUTHORIZED = 401;

    private final AccessSettings settings;
    private final KeyRing ring;
    /** Any text looks like a token until it was checked: before that it is a stranger's. */
    private final KnownTokens tokens = new KnownTokens();

    /** Keys and tokens have a limiter of their own: strangers from many addresses must not make it forget them. */
    private final RateLimiter keys = new RateLimiter(System::nanoTime);

    private final RateLimiter addresses = new RateLimiter(System::nanoTime);

    AccessGuard(AccessSettings settings, KeyRing ring) {
        this.settings = settings;
        this.ring = ring;
    }

    void install(@Observes Filters filters) {
        filters.register(this::check, BEFORE_EVERYTHING);
    }

    private void check(RoutingContext request) {
        RequestOrigin origin = RequestOrigin.of(request.request());
        if (ring.isOpen() && !origin.isOfThisMachine()) {
            refuse(
                    request,
                    403,
                    "loopback-only",
                    "this wallet has no API key yet and serves its own machine alone, and nobody through a proxy:"
                            + " make one there with POST /keys, or set rensa.wallet.access.admin-key");
            return;
        }
        Optional<String> foreign = judge(origin, reads(request.request().method()));
        if (foreign.isPresent()) {
            refuse(request, 403, "foreign-origin", foreign.get());
            return;
        }
        long waitSeconds = count(request, origin.address());
        if (waitSeconds > 0) {
            request.response().putHeader(HttpHeaders.RETRY_AFTER, Long.toString(waitSeconds));
            refuse(
                    request,
                    429,
                    "too-many-requests",
                    "this client asks more often than it may"
                            + " (rensa.wallet.access.requests-per-second, …unknown-per-second): ask again in "
                            + waitSeconds
                            + " s");
            return;
        }
        request.next();
    }

    /**
     * Keeps web pages from using the wallet through the browser of somebody who may. The name concerns reading too: a page
     * that owns it would see the answers.
     */
    private Optional<String> judge(RequestOrigin origin, boolean reads) {
        if (!reads && origin.isOfForeignPage()) {
            return Optional.of(
                    "this call comes from a web page of another origin than this wallet's own: call the wallet"
                            + " itself, without an Origin header");
        }
        if (origin.isUnderForeignName(settings.allowedHosts())) {
            return Optional.of(
                    "this call comes from this machine, but under a name (Host) that is not this machine's: use"
                            + " localhost, or add the name to rensa.wallet.access.allowed-hosts");
        }
        return Optional.empty();
    }

    private long count(RoutingContext request, String address) {
        Optional<String> secret = Credentials.apiKey(request);
        Optional<ApiKey> key = secret.flatMap(ring::find);
        if (key.isPresent()) {
            return keys.take(key.get().id(), settings.requestsPerSecond());
        }
        String group = AddressGroup.of(address);
        if (ring.isOpen()) {
            return addresses.take("known:" + group, settings.requestsPerSecond());
        }
        // Who brings a key that does not hold is a stranger, whatever else he brings.
        Optional<String> token = secret.isPresent() || !settings.tokens()
                ? Optional.empty()
                : Credentials.token(request).map(KeySecret::hash);
        token.ifPresent(hash -> request.addEndHandler(end -> learn(hash, request)));
        return token.filter(tokens::contains).isPresent()
                ? keys.take(token.get(), settings.requestsPerSecond())
                : addresses.take("unknown:" + group, settings.unknownPerSecond());
    }

    /** Only what was checked tells anything: many answers need no check. */
    private void learn(String token, RoutingContext request) {
        if (TokenCheck.held(request)) {
            tokens.learn(token, true);
        } else if (request.response().getStatusCode() == UNAUTHORIZED) {
            tokens.learn(token, false);
        }
    }

    private static boolean reads(HttpMethod method) {
        return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
    }

    private static void refuse(RoutingContext request, int status, String code, String detail) {
        request.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .end(Json.encode(Problem.of(status, code, detail)));
    }
}
