package dev.rensa.wallet.api;

import dev.rensa.wallet.key.WalletId;
import dev.rensa.wallet.transfer.NoticeType;
import dev.rensa.wallet.transfer.TransferFeed;
import dev.rensa.wallet.transfer.TransferId;
import dev.rensa.wallet.transfer.TransferNotice;
import io.smallrye.common.annotation.Blocking;
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

/** The steps of transfers and received payments, as they are taken. */
@Path("/events")
@Tag(name = "events")
public class EventsResource {

    private static final String TRANSFER = "transfer";
    private static final String RECEIVED = "received";
    private static final String GAP = "gap";

    private final TransferStreams streams;
    private final Presenter presenter;
    private final Caller caller;

    public EventsResource(TransferStreams streams, Presenter presenter, Caller caller) {
        this.caller = caller;
        this.streams = streams;
        this.presenter = presenter;
    }

    @GET
    @Blocking
    @RolesAllowed("reader")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(
            summary = "The steps of transfers and received payments as server-sent events, none left out",
            description =
                    "Each event `transfer` is a step as it stands in the audit log, each event `received` a step of a"
                            + " received payment; its id ends with its `sequence`. `types` names those that are wanted:"
                            + " `transfer`, `received`, or one such as `received.final`. Whoever"
                            + " comes back with the last id in the header `Last-Event-ID`, or in `after`, gets everything"
                            + " behind it, from every replica; 0 is the beginning. An event `gap` says that the id is not"
                            + " one of this wallet's, and that the stream begins now. Comments keep a silent stream open and"
                            + " tell the id up to which nothing else is wanted. The stream ends when the key is revoked or"
                            + " the token expires with which it was opened.")
    @APIResponse(
            responseCode = "200",
            description = "Events `transfer`, `received` and `gap`",
            content =
                    @Content(
                            mediaType = MediaType.SERVER_SENT_EVENTS,
                            schema = @Schema(oneOf = {EventViews.StepView.class, EventViews.ReceivedStepView.class})))
    @APIResponse(responseCode = "503", description = "too-many-listeners")
    public Multi<OutboundSseEvent> events(
            @Context Sse sse,
            @QueryParam("wallet") @Nullable String wallet,
            @QueryParam("transfer") @Nullable String transfer,
            @Schema(examples = "received.final,transfer.failed") @QueryParam("types") @Nullable String types,
            @QueryParam("after") @Nullable String after,
            @HeaderParam("Last-Event-ID") @Nullable String lastId) {
        TransferFeed.Filter filter = new TransferFeed.Filter(
                wallet == null ? null : new WalletId(wallet),
                transfer == null ? null : new TransferId(transfer),
                types(types));
        String place = lastId == null ? after : lastId;
        return streams.open(filter, place == null ? null : EventPlace.of(place), caller.standing())
                .map(line -> write(sse, line));
    }

    /** Types by their names, separated by commas. */
    static Set<NoticeType> types(@Nullable String text) {
        Set<NoticeType> types = EnumSet.noneOf(NoticeType.class);
        if (text == null || text.isBlank()) {
            return types;
        }
        for (String name : text.split(",", -1)) {
            Set<NoticeType> named = NoticeType.named(name.strip());
            if (named.isEmpty()) {
                throw ApiProblem.malformed("`types` holds `transfer`, `received`, or names out of these: "
                        + String.join(
                                ", ",
                                Arrays.stream(NoticeType.values())
                                        .map(NoticeType::code)
                                        .toList()));
            }
            types.addAll(named);
        }
        return types;
    }

    private OutboundSseEvent write(Sse sse, TransferStreams.Line line) {
        OutboundSseEvent.Builder event = sse.newEventBuilder().id(line.place().toString());
        if (line.gap()) {
            return event.name(GAP).data(String.class, "{}").build();
        }
        return line.notice() == null
                ? event.comment("events follow").build()
                : event.name(line.notice() instanceof TransferNotice ? TRANSFER : RECEIVED)
                        .mediaType(MediaType.APPLICATION_JSON_TYPE)
                        .data(EventViews.Told.class, presenter.step(line.notice()))
                        .build();
    }
}
