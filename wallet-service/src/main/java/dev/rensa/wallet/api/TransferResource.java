package dev.rensa.wallet.api;

import dev.rensa.wallet.transfer.Transfer;
import dev.rensa.wallet.transfer.TransferId;
import dev.rensa.wallet.transfer.TransferStore;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Transfers of all wallets. */
@Path("/transfers")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "transfers")
public class TransferResource {

    private final TransferStore store;
    private final Presenter presenter;

    public TransferResource(TransferStore store, Presenter presenter) {
        this.store = store;
        this.presenter = presenter;
    }

    @GET
    @RolesAllowed("reader")
    @Path("{transferId}")
    @Operation(summary = "A transfer with its audit log")
    @APIResponse(responseCode = "200", description = "The transfer")
    @APIResponse(responseCode = "404", description = "unknown-transfer")
    public Views.TransferView get(@PathParam("transferId") String transferId) {
        Transfer transfer = find(store, transferId);
        return presenter.transfer(transfer, store.history(transfer.id()));
    }

    static Transfer find(TransferStore store, String id) {
        return store.find(new TransferId(id)).orElseThrow(TransferResource::unknown);
    }

    static ApiProblem unknown() {
        return new ApiProblem(
                404,
                "unknown-transfer",
                "there is no transfer of this id: GET /wallets/{id}/transfers lists a wallet's");
    }
}
