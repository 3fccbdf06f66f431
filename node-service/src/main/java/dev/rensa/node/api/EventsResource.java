package dev.rensa.node.api;

import dev.rensa.protocol.api.NodeApi;
import io.smallrye.mutiny.Multi;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The node's events as they happen. */
@Path(NodeApi.EVENTS_PATH)
public class EventsResource {

    private final EventStream stream;

    EventsResource(EventStream stream) {
        this.stream = stream;
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Multi<OutboundSseEvent> events(
            @Context Sse sse,
            @Context HttpServerRequest request,
            @QueryParam("types") @Nullable String types,
            @HeaderParam("Last-Event-ID") @Nullable String lastId) {
        return Multi.createFrom()
                .publisher(stream.listen(
                        EventType.parse(types),
                        Optional.ofNullable(lastId),
                        () -> request.connection().close()))
                .map(sent -> write(sse, sent));
    }

    private static OutboundSseEvent write(Sse sse, EventFeed.Sent sent) {
        OutboundSseEvent.Builder event = sse.newEventBuilder().id(sent.id());
        return sent.name() == null
                ? event.comment(sent.text()).build()
                : event.name(sent.name()).data(String.class, sent.text()).build();
    }
}
