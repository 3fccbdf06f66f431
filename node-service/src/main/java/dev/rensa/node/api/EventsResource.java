package dev.rensa.node.api;

import dev.rensa.protocol.api.NodeApi;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The node's events as they happen. */
@Path(NodeApi.EVENTS_PATH)
@Tag(name = "node")
public class EventsResource {

    private final EventStream stream;

    EventsResource(EventStream stream) {
        this.stream = stream;
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(
            summary = "Blocks, reorganisations, transactions and peers as they come and go",
            description = "Server-sent events; a client that does not keep up is disconnected.")
    public Multi<OutboundSseEvent> events(@Context Sse sse) {
        return stream.listen()
                .map(event -> sse.newEventBuilder()
                        .id(Long.toString(event.id()))
                        .name(event.name())
                        .mediaType(MediaType.TEXT_PLAIN_TYPE)
                        .data(String.class, event.json())
                        .build());
    }
}
