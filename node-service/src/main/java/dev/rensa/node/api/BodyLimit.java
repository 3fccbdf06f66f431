package dev.rensa.node.api;

import dev.rensa.protocol.verdict.RejectionReason;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Counts the bytes of a body that comes in chunks and so does not say beforehand how long it is; one that does was judged
 * by its length already.
 */
@Provider
public class BodyLimit implements ReaderInterceptor {

    private final BodyLimits limits;
    private final UriInfo uri;
    private final HttpServerRequest request;

    BodyLimit(BodyLimits limits, UriInfo uri, HttpServerRequest request) {
        this.limits = limits;
        this.uri = uri;
        this.request = request;
    }

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        if (context.getHeaders().containsKey(HttpHeaders.CONTENT_LENGTH)) {
            return context.proceed();
        }
        context.setInputStream(new Counted(context.getInputStream(), limits.of(uri.getPath())));
        return context.proceed();
    }

    /** Ends with a problem once more was read than may be. */
    private final class Counted extends FilterInputStream {

        private final BodyLimits.Limit limit;
        private long read;

        Counted(InputStream in, BodyLimits.Limit limit) {
            super(in);
            this.limit = limit;
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
            if (read > limit.bytes()) {
                // Nobody should have to send what nobody reads.
                request.response().endHandler(ended -> request.connection().close());
                throw new ProblemException(
                        RejectionReason.BODY_TOO_LARGE,
                        "the body has more bytes than this node reads: " + limit.setting() + " is " + limit.bytes());
            }
        }
    }
}
