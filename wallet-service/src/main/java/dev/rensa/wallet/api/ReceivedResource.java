package dev.rensa.wallet.api;

import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.Hash;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.wallet.key.Account;
import dev.rensa.wallet.key.Wallet;
import dev.rensa.wallet.received.ReceivedPayment;
import dev.rensa.wallet.received.ReceivedStore;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What a wallet's accounts were paid. */
@Path("/wallets/{id}/received")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@RolesAllowed("reader")
@Tag(name = "received")
public class ReceivedResource {

    private static final int MAX_PAGE = 1000;
    private static final int DEFAULT_PAGE = 50;

    private final TransferService service;
    private final ReceivedStore store;
    private final Presenter presenter;

    public ReceivedResource(TransferService service, ReceivedStore store, Presenter presenter) {
        this.service = service;
        this.store = store;
        this.presenter = presenter;
    }

    @GET
    @Operation(
            summary = "What a wallet was paid on the present network, highest block first",
            description = "Payments and mining rewards of the blocks that were connected since the wallet knows the"
                    + " account, with `account` those of this one alone. What an account pays to itself is left out. A"
                    + " reorganisation makes a payment `orphaned`, and `mined` again when another block brings it.")
    @APIResponse(responseCode = "200", description = "A page")
    @APIResponse(responseCode = "404", description = "unknown-wallet, unknown-account or unknown-payment")
    public ReceivedViews.ReceivedPage list(
            @PathParam("id") String id,
            @QueryParam("account") @Nullable String account,
            @QueryParam("before") @Nullable String before,
            @QueryParam("limit") @Nullable String limit) {
        Wallet wallet = service.wallet(id);
        PublicKey key = account == null ? null : account(wallet, account).key();
        int size = RequestReader.parameter(limit, "limit", DEFAULT_PAGE, 1, MAX_PAGE);
        BlockHash network = service.network().hash();
        List<ReceivedPayment> page =
                store.list(network, wallet.id(), key, before == null ? null : find(network, wallet, before), size);
        return new ReceivedViews.ReceivedPage(
                page.stream().map(presenter::received).toList(),
                page.size() < size ? null : page.getLast().id().toHex());
    }

    @GET
    @Path("{paymentId}")
    @Operation(summary = "A received payment by its transaction's id, or a reward by its block's hash")
    @APIResponse(responseCode = "200", description = "The payment as it stands now")
    @APIResponse(responseCode = "404", description = "unknown-wallet or unknown-payment")
    public ReceivedViews.ReceivedView get(@PathParam("id") String id, @PathParam("paymentId") String paymentId) {
        Wallet wallet = service.wallet(id);
        return presenter.received(find(service.network().hash(), wallet, paymentId));
    }

    private ReceivedPayment find(BlockHash network, Wallet wallet, String id) {
        try {
            return store.find(network, wallet.id(), Hash.fromHex(id)).orElseThrow(ReceivedResource::unknown);
        } catch (IllegalArgumentException e) {
            throw unknown();
        }
    }

    private static Account account(Wallet wallet, String index) {
        return wallet.account(RequestReader.parameter(index, "account", 0, 0, Wallet.MAX_ACCOUNTS))
                .orElseThrow(() -> new ApiProblem(404, "unknown-account", "this wallet has no account of this index"));
    }

    private static ApiProblem unknown() {
        return new ApiProblem(
                404,
                "unknown-payment",
                "this wallet received no payment of this id: GET /wallets/{id}/received lists those it did");
    }
}
