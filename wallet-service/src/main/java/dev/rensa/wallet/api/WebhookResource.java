package dev.rensa.wallet.api;

import dev.rensa.wallet.access.AuditLog;
import dev.rensa.wallet.key.Wallet;
import dev.rensa.wallet.key.WalletId;
import dev.rensa.wallet.key.Wallets;
import dev.rensa.wallet.transfer.NoticeType;
import dev.rensa.wallet.webhook.Delivery;
import dev.rensa.wallet.webhook.Dispatcher;
import dev.rensa.wallet.webhook.Webhook;
import dev.rensa.wallet.webhook.Webhooks;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Webhooks: an administrator makes, tests and removes them. */
@Path("/webhooks")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@RolesAllowed("admin")
@Tag(name = "events")
public class WebhookResource {

    private static final int MAX_PAGE = 1000;
    private static final int DEFAULT_PAGE = 100;

    private final Webhooks webhooks;
    private final Dispatcher dispatcher;
    private final WebhookBodies bodies;
    private final Wallets wallets;
    private final AuditLog audit;
    private final Caller caller;
    private final Clock clock;

    public WebhookResource(
            Webhooks webhooks,
            Dispatcher dispatcher,
            WebhookBodies bodies,
            Wallets wallets,
            AuditLog audit,
            Caller caller,
            Clock clock) {
        this.webhooks = webhooks;
        this.dispatcher = dispatcher;
        this.bodies = bodies;
        this.wallets = wallets;
        this.audit = audit;
        this.caller = caller;
        this.clock = clock;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Makes a webhook that is told of every step from now on; its secret is shown this once",
            description = "Each request is signed as Standard Webhooks says: `webhook-id`, `webhook-timestamp` and"
                    + " `webhook-signature`. docs/api.md tells how to check it.")
    @APIResponse(
            responseCode = "201",
            description = "The webhook with its secret",
            content = @Content(schema = @Schema(implementation = WebhookViews.WebhookView.class)))
    @APIResponse(responseCode = "404", description = "unknown-wallet")
    @APIResponse(responseCode = "409", description = "too-many-webhooks")
    @APIResponse(responseCode = "422", description = "host-not-allowed")
    @APIResponse(responseCode = "423", description = "locked")
    public Response create(WebhookViews.@Nullable NewWebhook body) {
        WebhookViews.NewWebhook request = RequestReader.body(body);
        String label = RequestReader.label(request.label(), "label", Wallet.MAX_LABEL_LENGTH);
        URI url = url(request.url());
        Set<NoticeType> types =
                EventsResource.types(request.types() == null ? null : String.join(",", given(request.types())));
        WalletId wallet = request.walletId() == null ? null : wallet(request.walletId());
        String actor = caller.actor();
        Webhooks.Created created = webhooks.create(label, url, types, wallet, actor)
                .orElseThrow(() -> new ApiProblem(
                        409,
                        "too-many-webhooks",
                        "there are " + Webhook.MAX_WEBHOOKS + " webhooks, as many as may be: remove one first"));
        audit.add(
                actor,
                "webhook-created",
                "webhook " + created.webhook().id() + " to "
                        + created.webhook().url().getHost());
        return Response.status(Response.Status.CREATED)
                .entity(view(created.webhook(), created.secret().text()))
                .build();
    }

    @GET
    @Operation(summary = "Lists webhooks with how the last attempt went, oldest first")
    public WebhookViews.WebhookList list() {
        return new WebhookViews.WebhookList(
                webhooks.list().stream().map(webhook -> view(webhook, null)).toList());
    }

    @GET
    @Path("{webhookId}/deliveries")
    @Operation(summary = "Steps that a webhook is still to be told of, or with `state` dead those that were given up")
    @APIResponse(responseCode = "200", description = "A page, lowest sequence first")
    @APIResponse(responseCode = "404", description = "unknown-webhook")
    public WebhookViews.DeliveryPage deliveries(
            @PathParam("webhookId") String webhookId,
            @QueryParam("state") @Nullable String state,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable String limit) {
        String wanted = state == null ? Delivery.WAITING : state;
        if (!Set.of(Delivery.WAITING, Delivery.DEAD).contains(wanted)) {
            throw ApiProblem.malformed("the parameter `state` must be `waiting` or `dead`");
        }
        int size = RequestReader.parameter(limit, "limit", DEFAULT_PAGE, 1, MAX_PAGE);
        List<Delivery> page = webhooks.deliveries(find(webhookId), wanted, after(after), size);
        return new WebhookViews.DeliveryPage(
                page.stream().map(WebhookViews.DeliveryView::of).toList(),
                page.size() < size ? null : page.getLast().sequence());
    }

    @POST
    @Path("{webhookId}/test")
    @Operation(summary = "Sends a message `webhook.test` at once, and tells how it went")
    @APIResponse(responseCode = "200", description = "Whether it was taken, or why not")
    @APIResponse(responseCode = "404", description = "unknown-webhook")
    @APIResponse(responseCode = "423", description = "locked")
    public WebhookViews.TestView test(@PathParam("webhookId") String webhookId) {
        String result = dispatcher.test(find(webhookId), bodies.test(clock.millis()));
        return new WebhookViews.TestView(result.equals(Webhook.Attempt.TAKEN), result);
    }

    @POST
    @Path("{webhookId}/retry")
    @Operation(summary = "Tries all that was given up again, from the first interval on")
    @APIResponse(responseCode = "200", description = "How many that are")
    @APIResponse(responseCode = "404", description = "unknown-webhook")
    public WebhookViews.RevivedView retry(@PathParam("webhookId") String webhookId) {
        int revived = webhooks.revive(find(webhookId));
        audit.add(caller.actor(), "webhook-retried", "webhook " + webhookId + ", " + revived + " deliveries");
        return new WebhookViews.RevivedView(revived);
    }

    @DELETE
    @Path("{webhookId}")
    @Operation(summary = "Removes a webhook with what it was still to be told")
    @APIResponse(responseCode = "204", description = "It is told nothing any more")
    @APIResponse(responseCode = "404", description = "unknown-webhook")
    public Response remove(@PathParam("webhookId") String webhookId) {
        if (!webhooks.remove(webhookId)) {
            throw unknown();
        }
        audit.add(caller.actor(), "webhook-removed", "webhook " + webhookId);
        return Response.noContent().build();
    }

    private Webhook find(String id) {
        return webhooks.find(id).orElseThrow(WebhookResource::unknown);
    }

    private static ApiProblem unknown() {
        return new ApiProblem(404, "unknown-webhook", "there is no webhook of this id: GET /webhooks lists them");
    }

    private WalletId wallet(String id) {
        return wallets.find(new WalletId(id))
                .orElseThrow(TransferService::unknownWallet)
                .id();
    }

    private URI url(@Nullable String text) {
        try {
            URI url = new URI(text == null ? "" : text);
            boolean isWeb = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            if (!isWeb
                    || url.getHost() == null
                    || url.getUserInfo() != null
                    || url.getPort() > Webhook.MAX_PORT
                    || url.toString().length() > Webhook.MAX_URL_LENGTH
                    || !url.toString().equals(url.toASCIIString())) {
                throw malformedUrl();
            }
            if (!webhooks.allows(url)) {
                throw new ApiProblem(
                        422,
                        "host-not-allowed",
                        "the host " + url.getHost() + " is not among rensa.wallet.webhooks.allowed-hosts: the operator"
                                + " names there whom this wallet may call");
            }
            return url;
        } catch (URISyntaxException e) {
            throw malformedUrl();
        }
    }

    private static ApiProblem malformedUrl() {
        return ApiProblem.malformed("the field `url` must be an http or https URL of at most " + Webhook.MAX_URL_LENGTH
                + " ASCII characters, without a user, such as https://shop.example/rensa");
    }

    private static List<String> given(List<String> types) {
        if (types.stream().anyMatch(type -> type == null)) {
            throw ApiProblem.malformed("the field `types` is a list of names of types");
        }
        return types;
    }

    private static long after(@Nullable String text) {
        try {
            return text == null ? 0 : Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw ApiProblem.malformed("the parameter `after` is the `next` of the page before");
        }
    }

    private WebhookViews.WebhookView view(Webhook webhook, @Nullable String secret) {
        return new WebhookViews.WebhookView(
                webhook.id(),
                webhook.label(),
                webhook.url().toString(),
                webhook.types().stream().sorted().map(NoticeType::code).toList(),
                webhook.wallet() == null ? null : webhook.wallet().value(),
                secret,
                webhooks.waiting(webhook),
                webhook.last() == null ? null : WebhookViews.AttemptView.of(webhook.last()),
                webhook.createdAtMillis(),
                webhook.createdBy());
    }
}
