package dev.rensa.wallet.api;

import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.wallet.access.AuditLog;
import dev.rensa.wallet.key.Wallet;
import dev.rensa.wallet.policy.Policy;
import dev.rensa.wallet.policy.PolicyStore;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What a wallet may spend. */
@Path("/wallets/{id}/policy")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "policies")
public class PolicyResource {

    private final PolicyStore policies;
    private final TransferService service;
    private final Presenter presenter;
    private final AuditLog audit;
    private final Caller caller;

    public PolicyResource(
            PolicyStore policies, TransferService service, Presenter presenter, AuditLog audit, Caller caller) {
        this.policies = policies;
        this.service = service;
        this.presenter = presenter;
        this.audit = audit;
        this.caller = caller;
    }

    @GET
    @RolesAllowed("reader")
    @Operation(summary = "The policy of a wallet")
    @APIResponse(responseCode = "200", description = "The policy")
    @APIResponse(responseCode = "404", description = "unknown-wallet")
    public PolicyViews.PolicyView get(@PathParam("id") String id) {
        return view(policies.find(service.wallet(id).id().value()).orElse(Policy.NONE));
    }

    @PUT
    @RolesAllowed("admin")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Sets the policy of a wallet in place of the former one; it holds for whatever is asked next")
    @APIResponse(responseCode = "200", description = "The policy")
    @APIResponse(responseCode = "404", description = "unknown-wallet")
    public PolicyViews.PolicyView put(@PathParam("id") String id, PolicyViews.@Nullable PolicyView body) {
        Wallet wallet = service.wallet(id);
        PolicyViews.PolicyView request = RequestReader.body(body);
        Policy policy = new Policy(
                atLeastZero(request.maxTransfer(), "maxTransfer"),
                atLeastZero(request.maxDay(), "maxDay"),
                atLeastZero(request.approvalAbove(), "approvalAbove"),
                recipients(request.recipients()));
        audit.order(
                caller.actor(),
                "policy-set",
                "wallet " + wallet.id() + ": maxTransfer " + policy.maxTransfer() + ", maxDay " + policy.maxDay()
                        + ", approvalAbove " + policy.approvalAbove() + ", "
                        + policy.recipients().size()
                        + " recipients",
                () -> policies.save(wallet.id().value(), policy));
        return view(policy);
    }

    private Set<PublicKey> recipients(@Nullable List<String> addresses) {
        if (addresses == null) {
            return Set.of();
        }
        if (addresses.size() > Policy.MAX_RECIPIENTS) {
            throw ApiProblem.malformed("the field `recipients` holds at most " + Policy.MAX_RECIPIENTS + " addresses");
        }
        Set<PublicKey> keys = new HashSet<>();
        for (String address : addresses) {
            keys.add(RequestReader.address(address, "recipients", presenter.prefix()));
        }
        return keys;
    }

    private PolicyViews.PolicyView view(Policy policy) {
        return new PolicyViews.PolicyView(
                policy.maxTransfer(),
                policy.maxDay(),
                policy.approvalAbove(),
                policy.recipients().stream().map(presenter::address).sorted().toList());
    }

    private static @Nullable Long atLeastZero(@Nullable Long value, String field) {
        if (value != null && value < 0) {
            throw ApiProblem.malformed("the field `" + field + "` must not be below 0; leave it out for no limit");
        }
        return value;
    }
}
