package dev.rensa.wallet.api;

import dev.rensa.protocol.money.Amount;
import dev.rensa.wallet.key.Wallet;
import dev.rensa.wallet.transfer.Acceptance;
import dev.rensa.wallet.transfer.DeskSilentException;
import dev.rensa.wallet.transfer.StoreException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
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
import org.jspecify.annotations.Nullable;

/** Coins for nothing, on the development network alone. */
@Path("/faucet")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "faucet")
public class FaucetResource {

    private final Faucet faucet;
    private final TransferService service;
    private final Presenter presenter;
    private final Caller caller;

    public FaucetResource(Faucet faucet, TransferService service, Presenter presenter, Caller caller) {
        this.faucet = faucet;
        this.service = service;
        this.presenter = presenter;
        this.caller = caller;
    }

    @POST
    @RolesAllowed("reader")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Sends coins of the development network to an address")
    @APIResponse(
            responseCode = "202",
            description = "The transfer as it was accepted",
            content = @Content(schema = @Schema(implementation = Views.TransferView.class)))
    @APIResponse(responseCode = "404", description = "faucet-off")
    @APIResponse(responseCode = "429", description = "faucet-client-limit or faucet-recipient-limit")
    public Response drip(
            @HeaderParam(WalletTransferResource.IDEMPOTENCY_KEY) @Nullable String key,
            Requests.@Nullable NewDrip body) {
        Requests.NewDrip request = RequestReader.body(body);
        service.network();
        Wallet wallet = faucet.wallet()
                .orElseThrow(() -> new ApiProblem(
                        404,
                        "faucet-off",
                        "there is no faucet here: it serves the development network alone, with"
                                + " rensa.wallet.faucet.enabled=true"));
        var recipient = RequestReader.address(
                request.address(), "address", service.network().addressPrefix());
        Amount amount = RequestReader.amount(request.amount(), request.coins());
        String name = RequestReader.idempotencyKey(key);
        Requests.NewTransfer drip = new Requests.NewTransfer(
                request.address(), request.amount(), request.coins(), null, null, null, null, null);
        String client = caller.actor();
        boolean counted = !service.isRepeated(wallet, name);
        if (counted) {
            faucet.take(client, recipient, amount);
        }
        try {
            Acceptance acceptance = service.transfer(service.read(wallet, drip, name, client));
            if (counted && acceptance.replayed()) {
                faucet.giveBack(client, recipient, amount);
            }
            return WalletTransferResource.accepted(acceptance, presenter);
        } catch (StoreException | DeskSilentException e) {
            // It may have been paid all the same.
            throw e;
        } catch (RuntimeException e) {
            if (counted) {
                faucet.giveBack(client, recipient, amount);
            }
            throw e;
        }
    }
}
