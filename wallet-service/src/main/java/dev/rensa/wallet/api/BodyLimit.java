package dev.rensa.wallet.api;

import dev.rensa.protocol.api.Problem;
import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.Json;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;

/** Refuses bodies that are larger than any request of this API needs, before they are read. */
@Singleton
class BodyLimit {

    /** Largest body in bytes: a policy's 1,000 recipients and a wallet's 1,000 watched addresses need two thirds of it. */
    static final int MAX_BYTES = 96 * 1024;

    /** Largest payout in bytes: 10,000 lines with the longest memos. */
    static final int MAX_PAYOUT_BYTES = 6 * 1024 * 1024;

    /** Largest backup in bytes: some four million transfers. It is read from disk, and only once the caller is known. */
    static final long MAX_BACKUP_BYTES = 4L * 1024 * 1024 * 1024;

    private static final String PAYOUTS = "/payouts";
    private static final String RESTORE = "/restore";

    /** Behind the framework's own limit, which it narrows. */
    private static final int BEHIND_THE_FRAMEWORK = 1;

    private static final int BEFORE_EVERYTHING = 1000;
    private static final String DETAIL =
            "the body is larger than " + MAX_BYTES + " bytes, or, of a payout, " + MAX_PAYOUT_BYTES;
    private static final String CODE = "body-too-large";

    void install(@Observes Filters filters) {
        filters.register(BodyLimit::check, BEFORE_EVERYTHING);
        filters.register(BodyLimit::bound, BEHIND_THE_FRAMEWORK);
    }

    static Response tooLarge() {
        return ProblemMappers.answer(413, CODE, DETAIL);
    }

    private static void check(RoutingContext request) {
        String length = request.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        long limit = limit(request);
        if (length != null && isAbove(limit, length)) {
            request.response()
                    .setStatusCode(413)
                    .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                    .putHeader(HttpHeaders.CONNECTION, "close")
                    .end(Json.encode(Problem.of(413, CODE, DETAIL)));
            return;
        }
        request.next();
    }

    /** A body that does not tell its length is bounded while it is read. */
    private static void bound(RoutingContext request) {
        request.put(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY, limit(request));
        request.next();
    }

    private static long limit(RoutingContext request) {
        String path = request.request().path();
        if (path.equals(RESTORE)) {
            return MAX_BACKUP_BYTES;
        }
        return path.endsWith(PAYOUTS) ? MAX_PAYOUT_BYTES : MAX_BYTES;
    }

    private static boolean isAbove(long limit, String length) {
        try {
            return Long.parseLong(length) > limit;
        } catch (NumberFormatException e) {
            return true;
        }
    }
}
