package dev.rensa.wallet.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import dev.rensa.protocol.api.Problem;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.Json;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Refuses texts with the character U+0000, in paths, queries and bodies: PostgreSQL keeps none, and what one database takes
 * the other must take too.
 */
@Singleton
class PlainText {

    /** What is wrong with such a text. */
    static final String FORBIDDEN = "holds the character U+0000, which no text here may have";

    /** Behind the limits of requests, before anything is read. */
    private static final int BEFORE_READING = 900;

    void install(@Observes Filters filters) {
        filters.register(PlainText::check, BEFORE_READING);
    }

    /** Whether a text holds it. */
    static boolean isForbidden(String text) {
        return text.indexOf('\0') >= 0;
    }

    private static void check(RoutingContext request) {
        if (request.request().uri().contains("%00")) {
            request.response()
                    .setStatusCode(400)
                    .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                    .end(Json.encode(Problem.of(400, ApiProblem.MALFORMED, "the path or query " + FORBIDDEN)));
            return;
        }
        request.next();
    }

    /** Reads texts of JSON. */
    static final class Reader extends StdScalarDeserializer<String> {

        @Serial
        private static final long serialVersionUID = 1L;

        Reader() {
            super(String.class);
        }

        @Override
        public @Nullable String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            String text = StringDeserializer.instance.deserialize(parser, context);
            if (text != null && isForbidden(text)) {
                throw context.weirdStringException(text, String.class, FORBIDDEN);
            }
            return text;
        }
    }
}
