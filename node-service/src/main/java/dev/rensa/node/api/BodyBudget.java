package dev.rensa.node.api;

import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.verdict.RejectionReason;
import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Bounds what the bodies of all requests together take of the memory. A body's bytes are taken at its head, before any is
 * read, and given back with the answer; who would exceed the bound is told to come again. Bodies that hold a single
 * transaction are not counted: {@link Submissions} bounds those.
 */
@ApplicationScoped
class BodyBudget {

    /** In largest bodies: decoded, a batch takes some four times its bytes, so these take a quarter of 512 MiB. */
    private static final int LARGEST_BODIES = 2;

    /**
     * Time that every body has, beside its share: under load it waits here for a thread that reads it, and that is not its
     * sender's fault.
     */
    private static final long PATIENCE_MILLIS = 60_000;

    /** Least that a body has to arrive at, so that nobody keeps others out by sending nothing. */
    private static final long MIN_BYTES_PER_SECOND = 256 * 1024;

    /** How long the bytes of a client who hangs up before the answer are still counted: its batch may be at work. */
    private static final long LEFT_MILLIS = 5_000;

    private static final String RETRY_SECONDS = "1";

    /** Behind the check of the length alone ({@link RouteProblems}), before anybody reads. */
    private static final int BEFORE_ALL_OTHERS = -9_999;

    private final BodyLimits limits;
    private final long uncounted;
    private final long capacity;
    private final AtomicLong taken = new AtomicLong();

    BodyBudget(
            BodyLimits limits,
            ApiSettings settings,
            @ConfigProperty(name = RouteProblems.MAX_BODY_SETTING) MemorySize maxBody) {
        this.limits = limits;
        this.uncounted = settings.maxTransactionBodyBytes();
        this.capacity = LARGEST_BODIES * maxBody.asLongValue();
    }

    void register(@Observes Router router) {
        router.route().order(BEFORE_ALL_OTHERS).handler(this::admit);
    }

    private void admit(RoutingContext context) {
        long bytes = bytes(context);
        if (bytes <= uncounted) {
            context.next();
        } else if (take(bytes)) {
            context.addEndHandler(ended -> giveBack(context, bytes, ended.succeeded()));
            demandPace(context, bytes);
            context.next();
        } else {
            context.response().putHeader(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
            RouteProblems.refuseUnread(
                    context,
                    HttpProblems.of(new Rejection(
                            RejectionReason.NOT_READY,
                            "other requests' bodies take the " + capacity
                                    + " bytes that there are for them (twice " + RouteProblems.MAX_BODY_SETTING
                                    + "); repeat it in a second")));
        }
    }

    /** What a body takes at most: one that comes in chunks may have as many as its path allows. */
    private long bytes(RoutingContext context) {
        return context.request().headers().contains(HttpHeaders.TRANSFER_ENCODING)
                ? limits.of(context.request().path()).bytes()
                : RouteProblems.declaredBytes(context);
    }

    private boolean take(long bytes) {
        if (taken.addAndGet(bytes) <= capacity) {
            return true;
        }
        taken.addAndGet(-bytes);
        return false;
    }

    private void giveBack(RoutingContext context, long bytes, boolean answered) {
        if (answered || !context.request().isEnded()) {
            taken.addAndGet(-bytes);
        } else {
            context.vertx().setTimer(LEFT_MILLIS, timer -> taken.addAndGet(-bytes));
        }
    }

    private static void demandPace(RoutingContext context, long bytes) {
        long millis = PATIENCE_MILLIS + bytes * 1_000 / MIN_BYTES_PER_SECOND;
        long timer = context.vertx().setTimer(millis, late -> {
            if (!context.request().isEnded()) {
                context.request().connection().close();
            }
        });
        context.addEndHandler(ended -> context.vertx().cancelTimer(timer));
    }
}
