package dev.rensa.explorer.api;

import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What happens in the network, as it happens. */
@Path("/api/events")
public class EventsResource {

    private static final Set<String> TYPES =
            Set.of("block", "head", "tip", "reorganisation", "agreement", "node", "arrival", "transaction");

    private final LiveEvents live;

    EventsResource(LiveEvents live) {
        this.live = live;
    }

    /**
     * Server-sent events: {@code block} (the first node has it), {@code head} (a node has another one), {@code tip} (the index has come on),
     * {@code reorganisation}, {@code agreement} and {@code node}. Whoever comes back with {@code Last-Event-ID} gets what
     * was missed, or a {@code gap}.
     *
     * <p>Two kinds more are told only to those who name them, and never again: {@code arrival} (one node has a block now) and
     * {@code transaction} (one node admitted or mined a transaction; of many, some).
     *
     * @param types names of those that are wanted, separated by commas; the first six if absent
     */
    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Multi<OutboundSseEvent> events(
            @Context Sse sse,
            @QueryParam("types") @Nullable String types,
            @HeaderParam("Last-Event-ID") @Nullable String lastId) {
        return live.listen(parse(types), lastId).map(event -> write(sse, event));
    }

    private static Set<String> parse(@Nullable String types) {
        if (types == null || types.isBlank()) {
            return Set.of();
        }
        Set<String> wanted =
                Arrays.stream(types.split(",", -1)).map(String::strip).collect(Collectors.toSet());
        if (!TYPES.containsAll(wanted)) {
            throw ProblemException.badRequest(
                    "invalid-types",
                    "types holds names of events: block, head, tip, reorganisation, agreement, node, arrival, transaction.");
        }
        return wanted;
    }

    private static OutboundSseEvent write(Sse sse, LiveEvents.Event event) {
        OutboundSseEvent.Builder builder = sse.newEventBuilder().id(event.id());
        return event.name() == null
                ? builder.comment(event.json()).build()
                : builder.name(event.name()).data(String.class, event.json()).build();
    }
}
