package dev.rensa.node.api;

import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.verdict.RejectionReason;
import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Bounds what the bodies of all requests together take of the memory. A body's bytes are taken as they are read, and given
 * back with the answer; who finds no room is told to come again. Bodies that hold a single transaction are not counted:
 * {@link Submissions} bounds those.
 */
@ApplicationScoped
class BodyBudget {

    /** In largest bodies: decoded, a batch takes some four times its bytes, so these take a quarter of 512 MiB. */
    private static final int LARGEST_BODIES = 2;

    /** How often bodies that are on their way are looked at. */
    private static final long LOOK_MILLIS = 500;

    /** How long the bytes of a client who hangs up before the answer are still counted: its batch may be at work. */
    private static final long LEFT_MILLIS = 5_000;

    static final String RETRY_SECONDS = "1";

    /** Behind the check of the length alone ({@link RouteProblems}), before anybody reads. */
    private static final int BEFORE_ALL_OTHERS = -9_999;

    private final BodyLimits limits;
    private final long uncounted;
    private final BodyMemory memory;

    BodyBudget(
            BodyLimits limits,
            ApiSettings settings,
            @ConfigProperty(name = RouteProblems.MAX_BODY_SETTING) MemorySize maxBody) {
        this.limits = limits;
        this.uncounted = settings.maxTransactionBodyBytes();
        this.memory = new BodyMemory(LARGEST_BODIES * maxBody.asLongValue());
    }

    void register(@Observes Router router) {
        router.route().order(BEFORE_ALL_OTHERS).handler(this::admit);
    }

    private void admit(RoutingContext context) {
        if (bytes(context) <= uncounted) {
            context.next();
            return;
        }
        String address = address(context);
        if (memory.hasRoom(address, Math.max(1, RouteProblems.declaredBytes(context)), millis())) {
            ArrivingBody body = new ArrivingBody(memory, address, BodyBudget::millis);
            context.put(ArrivingBody.KEY, body);
            demandPace(context, body);
            context.addEndHandler(ended -> giveBack(context, body, ended.succeeded()));
            context.next();
        } else {
            context.response().putHeader(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
            RouteProblems.refuseUnread(context, HttpProblems.of(noRoom()));
        }
    }

    /** What is said to a body for which there is no room. */
    static Rejection noRoom() {
        return new Rejection(
                RejectionReason.NOT_READY,
                "other requests' bodies take the memory that there is for them (twice " + RouteProblems.MAX_BODY_SETTING
                        + ", of which one address has half); repeat it in a second");
    }

    /** Whose a body is; null for this machine, which is everybody on it. */
    private static @Nullable String address(RoutingContext context) {
        RequestOrigin origin = RequestOrigin.of(context.request());
        return origin.address().isEmpty() || origin.isOnLoopback() ? null : origin.address();
    }

    private static long millis() {
        return System.nanoTime() / 1_000_000;
    }

    /** What a body takes at most: one that comes in chunks may have as many as its path allows. */
    private long bytes(RoutingContext context) {
        return context.request().headers().contains(HttpHeaders.TRANSFER_ENCODING)
                ? limits.of(context.request().path()).bytes()
                : RouteProblems.declaredBytes(context);
    }

    private static void giveBack(RoutingContext context, ArrivingBody body, boolean answered) {
        if (answered || !context.request().isEnded()) {
            body.ended();
        } else {
            context.vertx().setTimer(LEFT_MILLIS, timer -> body.ended());
        }
    }

    private static void demandPace(RoutingContext context, ArrivingBody body) {
        long timer = context.vertx().setPeriodic(LOOK_MILLIS, look -> {
            if (!context.request().isEnded() && body.isTooSlow()) {
                context.request().connection().close();
            }
        });
        context.addEndHandler(ended -> context.vertx().cancelTimer(timer));
    }
}
