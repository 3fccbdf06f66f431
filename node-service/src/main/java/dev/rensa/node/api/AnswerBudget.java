package dev.rensa.node.api;

import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.verdict.RejectionReason;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Bounds what answers of megabytes hold together: while they are made and until their readers have taken them. Others wait in
 * turn; a reader who takes nothing meanwhile is cut.
 */
@ApplicationScoped
class AnswerBudget {

    /** Each takes some 30 MiB while it is made: a quarter of the usual heap, which is 512 MiB. */
    private static final int AT_ONCE = 4;

    /** More than all services of a cluster ask at once. */
    private static final int WAITING = 64;

    /** How long a question waits: clients give up soon after. */
    private static final long WAIT_MILLIS = 5_000;

    /** How often it is looked at what a reader has taken. */
    private static final long LOOK_MILLIS = 100;

    /** What is left to be taken once an answer counts no longer. */
    private static final long LOW_BYTES = 64 << 10;

    private static final String RETRY_SECONDS = "1";

    private static final Pattern DEAR = Pattern.compile("/chain(/raw)?|/headers|/blocks/.*|/accounts/[^/]+/proof");

    /** Before anybody works for the answer. */
    private static final int BEFORE_ALL_OTHERS = -9_998;

    private final DearAnswers answers = new DearAnswers(AT_ONCE, WAITING);

    void register(@Observes Router router) {
        router.route().order(BEFORE_ALL_OTHERS).handler(this::admit);
    }

    private void admit(RoutingContext routing) {
        if (!DEAR.matcher(routing.normalizedPath()).matches()) {
            routing.next();
            return;
        }
        Context loop = routing.vertx().getOrCreateContext();
        Turn turn = new Turn(routing, loop);
        answers.ask(() -> loop.runOnContext(_ -> turn.begin())).ifPresentOrElse(turn::takes, () -> refuse(routing));
    }

    private static void refuse(RoutingContext routing) {
        routing.response().putHeader(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
        RouteProblems.refuseUnread(
                routing,
                HttpProblems.of(new Rejection(
                        RejectionReason.NOT_READY,
                        "as many large answers as there is memory for are on their way; repeat it in a second")));
    }

    private static long millis() {
        return System.nanoTime() / 1_000_000;
    }

    /** One question until its answer is taken. Belongs to its connection's event loop. */
    private final class Turn {
        private final RoutingContext routing;
        private final Context loop;
        private DearAnswers.@Nullable Ticket ticket;
        private long waitTimer = -1;
        private boolean begun;
        private boolean ended;

        Turn(RoutingContext routing, Context loop) {
            this.routing = routing;
            this.loop = loop;
        }

        void takes(DearAnswers.Ticket mine) {
            ticket = mine;
            routing.addEndHandler(_ -> loop.runOnContext(_ -> end(mine)));
            if (mine.isGranted()) {
                begin();
            } else {
                waitTimer = routing.vertx().setTimer(WAIT_MILLIS, _ -> {
                    if (mine.giveUp()) {
                        refuse(routing);
                    }
                });
            }
        }

        /** Also comes a second time, where it was granted while it was asked for. */
        void begin() {
            DearAnswers.Ticket mine = ticket;
            if (begun || mine == null) {
                return;
            }
            begun = true;
            routing.vertx().cancelTimer(waitTimer);
            if (ended) {
                mine.release();
            } else {
                routing.next();
            }
        }

        /** The answer is written, or its reader is gone. */
        private void end(DearAnswers.Ticket mine) {
            ended = true;
            routing.vertx().cancelTimer(waitTimer);
            if (mine.giveUp() || !begun) {
                return;
            }
            if (routing.request().connection() instanceof ConnectionBase connection) {
                new Reader(connection, mine, routing.vertx()).look();
            } else {
                mine.release();
            }
        }
    }

    /** Who takes an answer that is written. Belongs to its connection's event loop. */
    private final class Reader {
        private final ConnectionBase connection;
        private final DearAnswers.Ticket ticket;
        private final Vertx vertx;
        private final CrowdedPace pace = new CrowdedPace(millis());
        private long leftBytes;
        private long takenBytes;

        Reader(ConnectionBase connection, DearAnswers.Ticket ticket, Vertx vertx) {
            this.connection = connection;
            this.ticket = ticket;
            this.vertx = vertx;
            this.leftBytes = leftBytes();
        }

        void look() {
            long left = leftBytes();
            takenBytes += Math.max(0, leftBytes - left);
            leftBytes = left;
            if (left <= LOW_BYTES) {
                ticket.release();
                return;
            }
            if (pace.isTooSlow(millis(), answers.isWaitedFor(), takenBytes)) {
                abandon();
            }
            vertx.setTimer(LOOK_MILLIS, _ -> look());
        }

        /** Nothing is left once the connection is closed. */
        private long leftBytes() {
            ChannelOutboundBuffer left = connection.channel().unsafe().outboundBuffer();
            return left == null ? 0 : left.totalPendingWriteBytes();
        }

        /** Closes the connection over what is left: to close it in order comes behind all of that. */
        private void abandon() {
            ChannelHandlerContext first = connection.channel().pipeline().firstContext();
            if (first != null) {
                var _ = first.close();
            }
        }
    }
}
