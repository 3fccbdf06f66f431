package dev.rensa.wallet.api;

import dev.rensa.wallet.access.ApiKey;
import dev.rensa.wallet.access.KeyRing;
import dev.rensa.wallet.access.Role;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** API keys: an administrator makes, lists and revokes them. */
@Path("/keys")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@RolesAllowed("admin")
@Tag(name = "access")
public class KeyResource {

    private final KeyRing ring;
    private final Caller caller;

    public KeyResource(KeyRing ring, Caller caller) {
        this.ring = ring;
        this.caller = caller;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Makes an API key; its secret is shown this once. From the first key on every call needs one")
    @APIResponse(
            responseCode = "201",
            description = "The key with its secret",
            content = @Content(schema = @Schema(implementation = AccessViews.KeyView.class)))
    @APIResponse(responseCode = "409", description = "first-key-must-be-admin, reserved-name or too-many-keys")
    public Response create(AccessViews.@Nullable NewKey body) {
        AccessViews.NewKey request = RequestReader.body(body);
        String name = RequestReader.label(request.name(), "name", ApiKey.MAX_NAME_LENGTH);
        Role role = Role.ofCode(request.role() == null ? "" : request.role())
                .orElseThrow(() ->
                        ApiProblem.malformed("the field `role` must be `reader`, `spender`, `approver` or `admin`"));
        KeyRing.Created created = ring.create(name, role, caller.actor());
        return Response.status(Response.Status.CREATED)
                .entity(AccessViews.KeyView.of(created.key(), created.secret()))
                .build();
    }

    @GET
    @Operation(summary = "Lists API keys without their secrets, oldest first, the revoked ones too")
    public AccessViews.KeyList list() {
        return new AccessViews.KeyList(ring.list().stream()
                .map(key -> AccessViews.KeyView.of(key, null))
                .toList());
    }

    @DELETE
    @Path("{keyId}")
    @Operation(summary = "Revokes an API key for ever")
    @APIResponse(responseCode = "204", description = "It opens nothing any more")
    @APIResponse(responseCode = "404", description = "unknown-key")
    @APIResponse(responseCode = "409", description = "last-admin-key")
    public Response revoke(@PathParam("keyId") String keyId) {
        if (!ring.revoke(keyId, caller.actor())) {
            throw new ApiProblem(404, "unknown-key", "there is no active key of this id: GET /keys lists them");
        }
        return Response.noContent().build();
    }
}
