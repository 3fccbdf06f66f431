package dev.rensa.wallet.api;

import dev.rensa.wallet.access.AuditLog;
import dev.rensa.wallet.key.Wallet;
import dev.rensa.wallet.key.Wallets;
import dev.rensa.wallet.node.AccountViews;
import dev.rensa.wallet.node.Network;
import dev.rensa.wallet.node.NodeUnavailableException;
import dev.rensa.wallet.node.Nodes;
import dev.rensa.wallet.received.ReceivedStore;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Wallets and their accounts. */
@Path("/wallets")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "wallets")
public class WalletResource {

    private static final int MAX_PAGE = 1000;
    private static final int DEFAULT_PAGE = 100;

    private final Wallets wallets;
    private final TransferService service;
    private final AccountViews accounts;
    private final Presenter presenter;
    private final WalletMaker maker;
    private final Nodes nodes;
    private final ReceivedStore received;
    private final AuditLog audit;
    private final Caller caller;

    public WalletResource(
            Wallets wallets,
            TransferService service,
            AccountViews accounts,
            Presenter presenter,
            Nodes nodes,
            ReceivedStore received,
            AuditLog audit,
            Caller caller) {
        this.nodes = nodes;
        this.received = received;
        this.wallets = wallets;
        this.service = service;
        this.accounts = accounts;
        this.presenter = presenter;
        this.maker = new WalletMaker(wallets, presenter);
        this.audit = audit;
        this.caller = caller;
    }

    @POST
    @RolesAllowed("admin")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Makes a wallet; a fresh mnemonic is shown this once")
    @APIResponse(
            responseCode = "201",
            description = "The wallet",
            content = @Content(schema = @Schema(implementation = Views.WalletView.class)))
    @APIResponse(responseCode = "400", description = "invalid-mnemonic or malformed-request")
    @APIResponse(responseCode = "409", description = "wallet-exists")
    @APIResponse(responseCode = "423", description = "locked")
    public Response create(Requests.@Nullable NewWallet body) {
        Requests.NewWallet request = RequestReader.body(body);
        String label = RequestReader.label(request.label(), "label", Wallet.MAX_LABEL_LENGTH);
        String actor = caller.actor();
        boolean hasPast = request.mnemonic() != null || request.addresses() != null;
        return created(maker.make(
                label,
                request,
                (wallet, write) -> audit.order(
                        actor,
                        "wallet-made",
                        (wallet.watchOnly() ? "watching wallet " : "wallet ") + wallet.id(),
                        () -> {
                            write.run();
                            if (hasPast) {
                                nodes.network()
                                        .map(Network::hash)
                                        .ifPresentOrElse(received::requestSearch, received::requestSearches);
                            }
                        })));
    }

    @GET
    @RolesAllowed("reader")
    @Operation(summary = "Lists wallets, oldest first")
    public Views.WalletPage list(
            @QueryParam("offset") @Nullable String offset, @QueryParam("limit") @Nullable String limit) {
        return new Views.WalletPage(wallets
                .list(
                        RequestReader.parameter(offset, "offset", 0, 0, Integer.MAX_VALUE),
                        RequestReader.parameter(limit, "limit", DEFAULT_PAGE, 1, MAX_PAGE))
                .stream()
                .map(wallet -> presenter.wallet(wallet, (String) null))
                .toList());
    }

    @GET
    @RolesAllowed("reader")
    @Path("{id}")
    @Operation(summary = "A wallet with its balance as the nodes see it")
    @APIResponse(responseCode = "200", description = "The wallet")
    @APIResponse(responseCode = "404", description = "unknown-wallet")
    public Views.WalletView get(@PathParam("id") String id) {
        Wallet wallet = service.wallet(id);
        try {
            service.network();
            return presenter.wallet(
                    wallet,
                    accounts.getAll(wallet.accounts().stream()
                            .map(account -> presenter.address(account.key()))
                            .toList()));
        } catch (NodeUnavailableException e) {
            return presenter.walletWithoutBalance(wallet, String.valueOf(e.getMessage()));
        }
    }

    @PATCH
    @Path("{id}")
    @RolesAllowed("spender")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Renames a wallet")
    @APIResponse(responseCode = "200", description = "The wallet")
    @APIResponse(responseCode = "404", description = "unknown-wallet")
    public Views.WalletView rename(@PathParam("id") String id, KeyViews.@Nullable NewLabel body) {
        Wallet wallet = service.wallet(id);
        wallets.rename(
                wallet.id(), RequestReader.label(RequestReader.body(body).label(), "label", Wallet.MAX_LABEL_LENGTH));
        return presenter.wallet(service.wallet(id), (String) null);
    }

    @POST
    @RolesAllowed("spender")
    @Path("{id}/accounts")
    @Operation(summary = "Adds the wallet's next account")
    @APIResponse(
            responseCode = "201",
            description = "The account",
            content = @Content(schema = @Schema(implementation = Views.AccountView.class)))
    @APIResponse(responseCode = "404", description = "unknown-wallet")
    @APIResponse(responseCode = "409", description = "too-many-accounts, watch-only or wallet-exists")
    @APIResponse(responseCode = "423", description = "locked")
    public Response addAccount(@PathParam("id") String id) {
        Wallet wallet = service.wallet(id);
        if (wallet.accounts().size() >= Wallet.MAX_ACCOUNTS) {
            throw new ApiProblem(409, "too-many-accounts", "a wallet has at most " + Wallet.MAX_ACCOUNTS + " accounts");
        }
        TransferService.requireKeys(wallet);
        return created(presenter.account(wallets.addAccount(wallet, null), false, null));
    }

    @PATCH
    @Path("{id}/accounts/{index}")
    @RolesAllowed("spender")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Names an account")
    @APIResponse(responseCode = "200", description = "The account")
    @APIResponse(responseCode = "404", description = "unknown-wallet or unknown-account")
    public Views.AccountView renameAccount(
            @PathParam("id") String id, @PathParam("index") String index, KeyViews.@Nullable NewLabel body) {
        Wallet wallet = service.wallet(id);
        int number = RequestReader.parameter(index, "index", 0, 0, Wallet.MAX_ACCOUNTS - 1);
        TransferService.account(wallet, number);
        wallets.rename(
                wallet.id(),
                number,
                RequestReader.label(RequestReader.body(body).label(), "label", Wallet.MAX_LABEL_LENGTH));
        Wallet renamed = service.wallet(id);
        return presenter.account(TransferService.account(renamed, number), renamed.watchOnly(), null);
    }

    private static Response created(Object entity) {
        return Response.status(Response.Status.CREATED).entity(entity).build();
    }
}
