package dev.rensa.wallet.api;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;

/**
 * Reads small JSON bodies before a request gets its thread. Nearly all of them come with their headers; a thread that finds
 * the body not handed over yet would wait and be woken again, which takes longer than accepting a transfer. Larger bodies
 * are read by whoever takes them, once it is known who calls.
 */
@Singleton
class SmallBodies {

    /** Largest body in bytes that is read here, for strangers too: a transfer with the longest memo takes half of it. */
    static final int MAX_BYTES = 4096;

    /** Longest wait for its end, as long as the framework waits for other bodies. */
    private static final long MAX_WAIT_MILLIS = 60_000;

    /** Behind the limits on bodies and on callers. */
    private static final int BEHIND_THE_LIMITS = 0;

    /** Digits of a length that is looked at. */
    private static final int MAX_DIGITS = 4;

    private final BodyHandler reader = BodyHandler.create(false).setBodyLimit(MAX_BYTES);

    void install(@Observes Filters filters) {
        filters.register(this::read, BEHIND_THE_LIMITS);
    }

    private void read(RoutingContext request) {
        HttpServerRequest message = request.request();
        if (!isSmallJson(message)) {
            request.next();
            return;
        }
        long timer = request.vertx().setTimer(MAX_WAIT_MILLIS, late -> {
            if (!message.isEnded()) {
                message.connection().close();
            }
        });
        request.addEndHandler(end -> request.vertx().cancelTimer(timer));
        reader.handle(request);
    }

    private static boolean isSmallJson(HttpServerRequest message) {
        String type = message.getHeader(HttpHeaders.CONTENT_TYPE);
        String length = message.getHeader(HttpHeaders.CONTENT_LENGTH);
        return type != null
                && type.regionMatches(true, 0, MediaType.APPLICATION_JSON, 0, MediaType.APPLICATION_JSON.length())
                && length != null
                && length.length() <= MAX_DIGITS
                && length.chars().allMatch(Character::isDigit)
                && !length.isEmpty()
                && isSmall(Integer.parseInt(length))
                && !message.headers().contains(HttpHeaders.EXPECT);
    }

    /** Of an empty body nothing comes: who waits for it behind a reader that has read nothing waits for ever. */
    private static boolean isSmall(int length) {
        return length > 0 && length <= MAX_BYTES;
    }
}
