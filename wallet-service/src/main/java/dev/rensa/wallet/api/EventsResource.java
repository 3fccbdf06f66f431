package dev.rensa.wallet.api;

import dev.rensa.wallet.key.WalletId;
import dev.rensa.wallet.transfer.TransferFeed;
import dev.rensa.wallet.transfer.TransferId;
import dev.rensa.wallet.transfer.TransferState;
import io.smallrye.mutiny.Multi;
import jakarta.annotation.security.RolesAllowed;
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
import java.util.EnumSet;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The steps of transfers, as they are taken. */
@Path("/events")
@Tag(name = "events")
public class EventsResource {

    private static final String STEP = "transfer";
    private static final String GAP = "gap";

    private final TransferStreams streams;
    private final Presenter presenter;

    public EventsResource(TransferStreams streams, Presenter presenter) {
        this.streams = streams;
        this.presenter = presenter;
    }

    @GET
    @RolesAllowed("reader")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(
            summary = "The steps of transfers as server-sent events, none left out",
            description =
                    "Each event `transfer` is a step as it stands in the audit log; its id is its `sequence`. Whoever"
                            + " comes back with the last id in the header `Last-Event-ID`, or in `after`, gets everything"
                            + " behind it, from every replica; 0 is the beginning. An event `gap` says that the id is not"
                            + " one of this wallet's, and that the stream begins now. Comments keep a silent stream open and"
                            + " tell the id up to which nothing else is wanted.")
    @APIResponse(
            responseCode = "200",
            description = "Events `transfer` and `gap`",
            content =
                    @Content(
                            mediaType = MediaType.SERVER_SENT_EVENTS,
                            schema = @Schema(implementation = EventViews.StepView.class)))
    @APIResponse(responseCode = "503", description = "too-many-listeners")
    public Multi<OutboundSseEvent> events(
            @Context Sse sse,
            @QueryParam("wallet") @Nullable String wallet,
            @QueryParam("transfer") @Nullable String transfer,
            @Schema(examples = "final,failed") @QueryParam("states") @Nullable String states,
            @QueryParam("after") @Nullable String after,
            @HeaderParam("Last-Event-ID") @Nullable String lastId) {
        TransferFeed.Filter filter = new TransferFeed.Filter(
                wallet == null ? null : new WalletId(wallet),
                transfer == null ? null : new TransferId(transfer),
                states(states));
        return streams.open(filter, position(lastId == null ? after : lastId)).map(line -> write(sse, line));
    }

    /** States by their codes, separated by commas. */
    static Set<TransferState> states(@Nullable String text) {
        Set<TransferState> states = EnumSet.noneOf(TransferState.class);
        if (text == null || text.isBlank()) {
            return states;
        }
        for (String code : text.split(",", -1)) {
            states.add(Arrays.stream(TransferState.values())
                    .filter(state -> state.code().equals(code.strip()))
                    .findFirst()
                    .orElseThrow(() -> ApiProblem.malformed("`states` holds names of states, separated by commas: "
                            + String.join(
                                    ", ",
                                    Arrays.stream(TransferState.values())
                                            .map(TransferState::code)
                                            .toList()))));
        }
        return states;
    }

    private static @Nullable Long position(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            // No id of this wallet: the stream says so and begins now.
            return -1L;
        }
    }

    private OutboundSseEvent write(Sse sse, TransferStreams.Line line) {
        OutboundSseEvent.Builder event = sse.newEventBuilder().id(Long.toString(line.position()));
        if (line.gap()) {
            return event.name(GAP).data(String.class, "{}").build();
        }
        return line.notice() == null
                ? event.comment("events follow").build()
                : event.name(STEP)
                        .mediaType(MediaType.APPLICATION_JSON_TYPE)
                        .data(EventViews.StepView.class, presenter.step(line.notice()))
                        .build();
    }
}
