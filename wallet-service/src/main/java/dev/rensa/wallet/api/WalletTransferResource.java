package dev.rensa.wallet.api;

import dev.rensa.wallet.key.Wallet;
import dev.rensa.wallet.policy.Approval;
import dev.rensa.wallet.transfer.Acceptance;
import dev.rensa.wallet.transfer.Transfer;
import dev.rensa.wallet.transfer.TransferId;
import dev.rensa.wallet.transfer.TransferStore;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** A wallet's transfers: requests and answers. */
@Path("/wallets/{id}/transfers")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "transfers")
public class WalletTransferResource {

    /** Header that names a request, so that a repeated one is answered and not paid again. */
    static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    /** Header that tells a first answer from a repeated one. */
    static final String REPLAYED = "Idempotency-Replayed";

    private static final int MAX_PAGE = 1000;
    private static final int DEFAULT_PAGE = 50;

    private final TransferService service;
    private final TransferStore store;
    private final Presenter presenter;
    private final PolicyGate gate;
    private final Caller caller;

    public WalletTransferResource(
            TransferService service, TransferStore store, Presenter presenter, PolicyGate gate, Caller caller) {
        this.service = service;
        this.store = store;
        this.presenter = presenter;
        this.gate = gate;
        this.caller = caller;
    }

    @POST
    @RolesAllowed("spender")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Accepts a transfer: from this answer on it is neither lost nor paid twice")
    @APIResponse(
            responseCode = "202",
            description = "The transfer as it was accepted; or, where the wallet's policy wants that, the approval that"
                    + " it waits for, with `state` awaiting-approval",
            content = @Content(schema = @Schema(implementation = Views.TransferView.class)))
    @APIResponse(responseCode = "400", description = "invalid-address, amount-not-positive, amount-out-of-range, …")
    @APIResponse(
            responseCode = "422",
            description = "insufficient-funds, fee-below-minimum, idempotency-key-reused, recipient-not-allowed,"
                    + " transfer-limit, day-limit")
    @APIResponse(responseCode = "423", description = "locked")
    @APIResponse(responseCode = "503", description = "no-node or busy")
    public Response create(
            @PathParam("id") String id,
            @HeaderParam(IDEMPOTENCY_KEY) @Nullable String key,
            Requests.@Nullable NewTransfer body) {
        Requests.NewTransfer request = RequestReader.body(body);
        TransferService.Asked asked =
                service.read(service.payer(id, request), request, RequestReader.idempotencyKey(key), caller.actor());
        Optional<Approval> held = service.hold(asked);
        return held.isPresent()
                ? Response.accepted(ApprovalResource.view(held.get(), gate))
                        .header("Location", "/approvals/" + held.get().id())
                        .build()
                : accepted(service.transfer(asked), presenter);
    }

    @GET
    @RolesAllowed("reader")
    @Operation(summary = "A wallet's transfers on the present network, newest first")
    public Views.TransferPage list(
            @PathParam("id") String id,
            @QueryParam("before") @Nullable String before,
            @QueryParam("limit") @Nullable String limit) {
        Wallet wallet = service.wallet(id);
        int size = RequestReader.parameter(limit, "limit", DEFAULT_PAGE, 1, MAX_PAGE);
        List<Transfer> page =
                store.list(service.network().hash(), wallet.id(), before == null ? null : new TransferId(before), size);
        return new Views.TransferPage(
                page.stream()
                        .map(transfer -> presenter.transfer(transfer, null))
                        .toList(),
                page.size() < size ? null : page.getLast().id().value());
    }

    @GET
    @RolesAllowed("reader")
    @Path("{transferId}")
    @Operation(summary = "A transfer of a wallet with its audit log")
    @APIResponse(responseCode = "200", description = "The transfer")
    @APIResponse(responseCode = "404", description = "unknown-wallet or unknown-transfer")
    public Views.TransferView get(@PathParam("id") String id, @PathParam("transferId") String transferId) {
        Transfer transfer = find(id, transferId);
        return presenter.transfer(transfer, store.history(transfer.id()));
    }

    @POST
    @Path("{transferId}/fee")
    @RolesAllowed("spender")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Offers a higher fee for a transfer that is not mined yet: it is paid once, with either fee")
    @APIResponse(responseCode = "202", description = "The transfer as it stands now")
    @APIResponse(responseCode = "409", description = "not-changeable")
    @APIResponse(
            responseCode = "422",
            description = "fee-not-raised, insufficient-funds, approval-needed, transfer-limit, day-limit")
    public Response raiseFee(
            @PathParam("id") String id, @PathParam("transferId") String transferId, Requests.@Nullable NewFee body) {
        Requests.NewFee request = RequestReader.body(body);
        return changed(service.raiseFee(service.wallet(id), find(id, transferId), request, caller.actor()));
    }

    @POST
    @Path("{transferId}/cancel")
    @RolesAllowed("spender")
    @Operation(
            summary = "Cancels a transfer that is not mined yet",
            description = "One that is signed is not recalled but outbid for its nonce: it ends as replaced with the"
                    + " reason cancelled, or is mined all the same. GET tells which.")
    @APIResponse(responseCode = "202", description = "The transfer as it stands now")
    @APIResponse(responseCode = "409", description = "not-changeable")
    public Response cancel(@PathParam("id") String id, @PathParam("transferId") String transferId) {
        return changed(service.cancel(find(id, transferId), caller.actor()));
    }

    private Transfer find(String id, String transferId) {
        Wallet wallet = service.wallet(id);
        Transfer transfer = TransferResource.find(store, transferId);
        if (!transfer.wallet().equals(wallet.id())) {
            throw TransferResource.unknown();
        }
        return transfer;
    }

    private Response changed(Transfer transfer) {
        return Response.accepted(presenter.transfer(transfer, store.history(transfer.id())))
                .build();
    }

    /** Names its type, which would be worked out of the request's headers each time otherwise. */
    static Response accepted(Acceptance acceptance, Presenter presenter) {
        return Response.accepted(presenter.accepted(acceptance.transfer()))
                .type(MediaType.APPLICATION_JSON_TYPE)
                .header("Location", "/transfers/" + acceptance.transfer().id())
                .header(REPLAYED, acceptance.replayed())
                .build();
    }
}
