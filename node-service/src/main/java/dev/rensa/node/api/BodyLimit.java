package dev.rensa.node.api;

import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.verdict.RejectionReason;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Counts the bytes of a body as they are read: against its own limit where it comes in chunks and so does not say beforehand
 * how long it is, and against the memory for all bodies where it may be a large one ({@link BodyBudget}).
 */
@Provider
public class BodyLimit implements ReaderInterceptor {

    private final BodyLimits limits;
    private final UriInfo uri;
    private final RoutingContext routing;

    BodyLimit(BodyLimits limits, UriInfo uri, RoutingContext routing) {
        this.limits = limits;
        this.uri = uri;
        this.routing = routing;
    }

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        boolean declared = context.getHeaders().containsKey(HttpHeaders.CONTENT_LENGTH);
        ArrivingBody body = routing.get(ArrivingBody.KEY);
        if (body != null) {
            body.readingBegins();
        } else if (declared) {
            return context.proceed();
        }
        context.setInputStream(new Counted(context.getInputStream(), declared ? null : limits.of(uri.getPath()), body));
        return context.proceed();
    }

    /** Ends with a problem once more was read than may be. */
    private final class Counted extends FilterInputStream {

        private final BodyLimits.@Nullable Limit limit;
        private final @Nullable ArrivingBody body;
        private long read;

        Counted(InputStream in, BodyLimits.@Nullable Limit limit, @Nullable ArrivingBody body) {
            super(in);
            this.limit = limit;
            this.body = body;
        }

        @Override
        public int read() throws IOException {
            int next = super.read();
            count(next < 0 ? 0 : 1);
            return next;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int count = super.read(into, offset, length);
            count(Math.max(0, count));
            return count;
        }

        private void count(int more) {
            read += more;
            if (limit != null && read > limit.bytes()) {
                throw refused(new Rejection(
                        RejectionReason.BODY_TOO_LARGE,
                        "the body has more bytes than this node reads: " + limit.setting() + " is " + limit.bytes()));
            }
            if (body != null && !body.arrived(more)) {
                routing.response().putHeader(HttpHeaders.RETRY_AFTER, BodyBudget.RETRY_SECONDS);
                throw refused(BodyBudget.noRoom());
            }
        }

        /** Nobody should have to send what nobody reads. */
        private ProblemException refused(Rejection why) {
            routing.addEndHandler(ended -> routing.request().connection().close());
            return new ProblemException(why.reason(), why.detail());
        }
    }
}
