package dev.rensa.wallet.api;

import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.wallet.received.ReceivedStore;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The search through older blocks for what they paid to accounts that came later. */
@Path("/received/search")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "received")
public class SearchResource {

    private final TransferService service;
    private final ReceivedStore store;

    public SearchResource(TransferService service, ReceivedStore store) {
        this.service = service;
        this.store = store;
    }

    @GET
    @RolesAllowed("reader")
    @Operation(summary = "How far the search through older blocks came")
    public ReceivedViews.SearchView get() {
        return view(service.network().hash());
    }

    @POST
    @RolesAllowed("admin")
    @Operation(
            summary =
                    "Looks through all older blocks for what they paid to accounts of this wallet, anew if that is under"
                            + " way",
            description =
                    "Begins by itself when a mnemonic or addresses come in. Needed for a further account of an"
                            + " imported mnemonic that was used elsewhere. What is found and final is listed, and told to nobody.")
    @APIResponse(
            responseCode = "202",
            description = "It begins",
            content = @Content(schema = @Schema(implementation = ReceivedViews.SearchView.class)))
    @APIResponse(responseCode = "503", description = "no-node")
    public Response start() {
        BlockHash network = service.network().hash();
        store.requestSearch(network);
        return Response.accepted(view(network)).build();
    }

    private ReceivedViews.SearchView view(BlockHash network) {
        return store.search(network)
                .map(search -> new ReceivedViews.SearchView(true, search.nextHeight(), search.endHeight()))
                .orElseGet(() -> new ReceivedViews.SearchView(false, null, null));
    }
}
