package dev.rensa.node.api;

import dev.rensa.protocol.verdict.RejectionReason;
import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Counts the bytes of a body that comes in chunks and so does not say beforehand how long it is; one that does was judged
 * by its length already.
 */
@Provider
public class BodyLimit implements ReaderInterceptor {

    private final ApiSettings settings;
    private final long maxBodyBytes;
    private final UriInfo uri;
    private final HttpServerRequest request;

    BodyLimit(
            ApiSettings settings,
            @ConfigProperty(name = RouteProblems.MAX_BODY_SETTING) MemorySize maxBody,
            UriInfo uri,
            HttpServerRequest request) {
        this.settings = settings;
        this.maxBodyBytes = maxBody.asLongValue();
        this.uri = uri;
        this.request = request;
    }

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        if (context.getHeaders().containsKey(HttpHeaders.CONTENT_LENGTH)) {
            return context.proceed();
        }
        boolean single = uri.getPath().endsWith("/transactions");
        context.setInputStream(
                single
                        ? new Counted(
                                context.getInputStream(),
                                settings.maxTransactionBodyBytes(),
                                "rensa.api.max-transaction-body")
                        : new Counted(context.getInputStream(), maxBodyBytes, RouteProblems.MAX_BODY_SETTING));
        return context.proceed();
    }

    /** Ends with a problem once more was read than may be. */
    private final class Counted extends FilterInputStream {

        private final long limit;
        private final String setting;
        private long read;

        Counted(InputStream in, long limit, String setting) {
            super(in);
            this.limit = limit;
            this.setting = setting;
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
            if (read > limit) {
                // Nobody should have to send what nobody reads.
                request.response().endHandler(ended -> request.connection().close());
                throw new ProblemException(
                        RejectionReason.BODY_TOO_LARGE,
                        "the body has more bytes than this node reads: " + setting + " is " + limit);
            }
        }
    }
}
