package dev.rensa.node.api;

import dev.rensa.protocol.api.NodeApi;
import io.smallrye.mutiny.Multi;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;

/** The node's events as they happen. */
@Path(NodeApi.EVENTS_PATH)
public class EventsResource {

    private final EventStream stream;

    EventsResource(EventStream stream) {
        this.stream = stream;
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Multi<OutboundSseEvent> events(@Context Sse sse, @Context HttpServerRequest request) {
        return stream.listen(() -> request.connection().close())
                .map(event -> sse.newEventBuilder()
                        .id(Long.toString(event.id()))
                        .name(event.name())
                        .data(String.class, event.json())
                        .build());
    }
}
