package dev.rensa.wallet.api;

import dev.rensa.wallet.key.Wallet;
import dev.rensa.wallet.transfer.Payout;
import dev.rensa.wallet.transfer.PayoutStore;
import dev.rensa.wallet.transfer.Payouts;
import dev.rensa.wallet.transfer.Transfer;
import dev.rensa.wallet.transfer.TransferId;
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
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Many transfers of one account, accepted as one. */
@Path("/wallets/{id}/payouts")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "payouts")
public class PayoutResource {

    private static final String CSV = "text/csv";
    private static final int MAX_PAGE = 1000;
    private static final int DEFAULT_PAGE = 100;

    /** The states of each are counted. */
    private static final int MAX_LIST = 100;

    private static final int DEFAULT_LIST = 20;

    private final TransferService service;
    private final PayoutStore store;
    private final Presenter presenter;
    private final Caller caller;

    public PayoutResource(TransferService service, PayoutStore store, Presenter presenter, Caller caller) {
        this.caller = caller;
        this.service = service;
        this.store = store;
        this.presenter = presenter;
    }

    @POST
    @RolesAllowed("spender")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Accepts up to 10,000 transfers, all or none",
            description = "Every line is checked before any is accepted, and all are accepted before any is signed. An"
                    + " Idempotency-Key is required.")
    @APIResponse(
            responseCode = "202",
            description = "The payout",
            content = @Content(schema = @Schema(implementation = Views.PayoutView.class)))
    @APIResponse(
            responseCode = "422",
            description = "invalid-lines, insufficient-funds, idempotency-key-reused, recipient-not-allowed,"
                    + " transfer-limit, day-limit, approval-needed")
    public Response create(
            @PathParam("id") String id,
            @HeaderParam(WalletTransferResource.IDEMPOTENCY_KEY) @Nullable String key,
            Requests.@Nullable NewPayout body) {
        Requests.NewPayout request = RequestReader.body(body);
        List<Requests.@Nullable NewTransfer> lines = request.lines() == null ? List.of() : request.lines();
        if (lines.stream()
                .anyMatch(line -> line == null
                        || RequestReader.isGiven(line.account())
                        || RequestReader.isGiven(line.validUntil()))) {
            throw ApiProblem.malformed(
                    "each line is an object with recipient, amount or coins, and memo, fee or urgency if you like");
        }
        return accept(service.wallet(id), key, RequestReader.index(request.account()), lines);
    }

    @POST
    @RolesAllowed("spender")
    @Consumes(CSV)
    @Operation(
            summary = "The same from comma-separated text",
            description =
                    "The first line names the columns: recipient, amount (in mon) or coins, and memo and fee if you"
                            + " like.")
    @APIResponse(
            responseCode = "202",
            description = "The payout",
            content = @Content(schema = @Schema(implementation = Views.PayoutView.class)))
    public Response createFromText(
            @PathParam("id") String id,
            @HeaderParam(WalletTransferResource.IDEMPOTENCY_KEY) @Nullable String key,
            @QueryParam("account") @Nullable String account,
            @Nullable String body) {
        return accept(
                service.wallet(id),
                key,
                RequestReader.parameter(account, "account", 0, 0, Wallet.MAX_ACCOUNTS),
                PayoutReader.csv(RequestReader.body(body)));
    }

    @GET
    @RolesAllowed("reader")
    @Operation(summary = "A wallet's payouts on the present network, newest first")
    @APIResponse(responseCode = "200", description = "A page")
    @APIResponse(responseCode = "404", description = "unknown-wallet")
    public Views.PayoutList list(
            @PathParam("id") String id,
            @QueryParam("before") @Nullable String before,
            @QueryParam("limit") @Nullable String limit) {
        Wallet wallet = service.wallet(id);
        int size = RequestReader.parameter(limit, "limit", DEFAULT_LIST, 1, MAX_LIST);
        List<Payout> page =
                store.list(service.network().hash(), wallet.id(), before == null ? null : new TransferId(before), size);
        return new Views.PayoutList(
                page.stream().map(this::view).toList(),
                page.size() < size ? null : page.getLast().id().value());
    }

    @GET
    @RolesAllowed("reader")
    @Path("{payoutId}")
    @Operation(summary = "How a payout stands, with a page of its lines")
    @APIResponse(responseCode = "200", description = "The payout and its transfers, in the order of its lines")
    @APIResponse(responseCode = "404", description = "unknown-wallet or unknown-payout")
    public Views.PayoutPage get(
            @PathParam("id") String id,
            @PathParam("payoutId") String payoutId,
            @QueryParam("from") @Nullable String from,
            @QueryParam("limit") @Nullable String limit) {
        Wallet wallet = service.wallet(id);
        Payout payout = store.find(new TransferId(payoutId))
                .filter(found -> found.wallet().equals(wallet.id()))
                .orElseThrow(() -> new ApiProblem(404, "unknown-payout", "this wallet has no payout of this id"));
        int first = RequestReader.parameter(from, "from", 0, 0, Payout.MAX_LINES);
        int size = RequestReader.parameter(limit, "limit", DEFAULT_PAGE, 1, MAX_PAGE);
        List<Transfer> lines = store.lines(payout.id(), first, size);
        int next = first + lines.size();
        return new Views.PayoutPage(
                view(payout),
                first,
                lines.stream().map(line -> presenter.transfer(line, null)).toList(),
                next < payout.lines() ? next : null);
    }

    private Response accept(Wallet wallet, @Nullable String key, int account, List<Requests.NewTransfer> lines) {
        String name = RequestReader.idempotencyKey(key);
        if (name == null) {
            throw ApiProblem.malformed("a payout needs an Idempotency-Key: without one a repeated request pays twice");
        }
        Payouts.Accepted accepted = service.payout(wallet, account, lines, name, caller.actor());
        return Response.accepted(view(accepted.payout()))
                .header(
                        "Location",
                        "/wallets/" + wallet.id() + "/payouts/"
                                + accepted.payout().id())
                .header(WalletTransferResource.REPLAYED, accepted.replayed())
                .build();
    }

    private Views.PayoutView view(Payout payout) {
        Map<String, Integer> states = store.states(payout.id()).entrySet().stream()
                .collect(Collectors.toMap(state -> state.getKey().code(), Map.Entry::getValue));
        return new Views.PayoutView(
                payout.id().value(),
                payout.wallet().value(),
                payout.network().toHex(),
                payout.idempotencyKey(),
                payout.createdAtMillis(),
                payout.lines(),
                payout.total(),
                states);
    }
}
