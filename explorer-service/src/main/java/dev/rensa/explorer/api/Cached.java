package dev.rensa.explorer.api;

import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.function.Supplier;

/** Answers that a browser or a proxy need not fetch twice. */
final class Cached {

    private Cached() {}

    /** An answer that never changes, because its name is a hash of it; the tag is that name. */
    static Response forEver(Request request, String name, Supplier<Object> answer) {
        EntityTag tag = new EntityTag(name);
        Response.ResponseBuilder known = request.evaluatePreconditions(tag);
        Response.ResponseBuilder response = known != null ? known : Response.ok(answer.get());
        return response.tag(tag)
                .header(HttpHeaders.CACHE_CONTROL, "public, max-age=31536000, immutable")
                .build();
    }

    /** An answer that holds as long as the tip does: whoever has it asks whether that is still so. */
    static Response whileTip(Request request, String tip, Supplier<Object> answer) {
        EntityTag tag = new EntityTag(tip, true);
        Response.ResponseBuilder known = request.evaluatePreconditions(tag);
        CacheControl ask = new CacheControl();
        ask.setNoCache(true);
        return (known != null ? known : Response.ok(answer.get()))
                .tag(tag)
                .cacheControl(ask)
                .build();
    }
}
