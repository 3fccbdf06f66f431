package dev.rensa.wallet.api;

import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.wallet.access.AuditLog;
import dev.rensa.wallet.policy.Approval;
import dev.rensa.wallet.policy.ApprovalStore;
import dev.rensa.wallet.transfer.Acceptance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Transfers that wait for somebody else than who asked for them. */
@Path("/approvals")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "policies")
public class ApprovalResource {

    private static final int MAX_PAGE = 1000;
    private static final int DEFAULT_PAGE = 100;
    private static final Set<String> STATES = Set.of(Approval.WAITING, Approval.APPROVED, Approval.REFUSED);

    private final ApprovalStore approvals;
    private final PolicyGate gate;
    private final TransferService service;
    private final AuditLog audit;
    private final Caller caller;
    private final Clock clock;

    public ApprovalResource(
            ApprovalStore approvals,
            PolicyGate gate,
            TransferService service,
            AuditLog audit,
            Caller caller,
            Clock clock) {
        this.approvals = approvals;
        this.gate = gate;
        this.service = service;
        this.audit = audit;
        this.caller = caller;
        this.clock = clock;
    }

    @GET
    @RolesAllowed("reader")
    @Operation(
            summary =
                    "Transfers that wait for approval or were approved and not made yet; with `state` all of that state;"
                            + " newest first, older ones with `before`")
    public PolicyViews.ApprovalList list(
            @QueryParam("state") @Nullable String state,
            @QueryParam("before") @Nullable String before,
            @QueryParam("limit") @Nullable String limit) {
        if (state != null && !STATES.contains(state)) {
            throw ApiProblem.malformed("the parameter `state` must be `" + Approval.WAITING + "`, `" + Approval.APPROVED
                    + "` or `" + Approval.REFUSED + "`");
        }
        int size = RequestReader.parameter(limit, "limit", DEFAULT_PAGE, 1, MAX_PAGE);
        List<Approval> page = state == null
                ? approvals.listOpen(clock.millis() - Approval.MAX_AGE.toMillis(), before, size)
                : approvals.list(state, before, size);
        return new PolicyViews.ApprovalList(
                page.stream().map(this::view).toList(),
                page.size() < size ? null : page.getLast().id());
    }

    @GET
    @Path("{approvalId}")
    @RolesAllowed("reader")
    @Operation(summary = "A transfer that waits, or waited, for approval")
    @APIResponse(responseCode = "200", description = "How it stands")
    @APIResponse(responseCode = "404", description = "unknown-approval")
    public PolicyViews.ApprovalView get(@PathParam("approvalId") String approvalId) {
        return view(find(approvalId));
    }

    @POST
    @Path("{approvalId}/approve")
    @RolesAllowed("approver")
    @Operation(
            summary =
                    "Lets a transfer go. Whoever asked for it may not. If it cannot be accepted at the moment, it stays"
                            + " approved, and approving it once more tries again")
    @APIResponse(responseCode = "200", description = "It is under way as `transferId`")
    @APIResponse(responseCode = "403", description = "same-person")
    @APIResponse(responseCode = "404", description = "unknown-approval")
    @APIResponse(responseCode = "409", description = "decided, approval-expired, other-network or approval-restored")
    public PolicyViews.ApprovalView approve(
            @PathParam("approvalId") String approvalId,
            @Parameter(
                            description =
                                    "true: of one that comes from a backup it is known that the former wallet did not pay it")
                    @QueryParam("unpaid")
                    @DefaultValue("false")
                    boolean unpaid) {
        Approval asked = find(approvalId);
        String actor = caller.actor();
        if (actor.equals(asked.requestedBy())) {
            throw new ApiProblem(403, "same-person", "whoever asked for a transfer does not approve it: another must");
        }
        if (asked.transferId() != null) {
            return view(asked);
        }
        service.requirePresent("this approval", BlockHash.fromHex(asked.network()));
        if (clock.millis() - asked.createdAtMillis() > Approval.MAX_AGE.toMillis()) {
            throw new ApiProblem(
                    409,
                    "approval-expired",
                    "this was asked for more than " + Approval.MAX_AGE.toDays() + " days ago: it must be asked anew");
        }
        if (asked.restored() && !unpaid) {
            throw new ApiProblem(
                    409,
                    "approval-restored",
                    "this comes from a backup, and the wallet that the backup is of may have approved and paid it since:"
                            + " look at the account's transactions; then approve it with ?unpaid=true, or refuse it");
        }
        audit.order(
                actor,
                "transfer-approved",
                "approval " + asked.id() + ", asked for by " + asked.requestedBy()
                        + (asked.restored() ? ", known not to be paid by the former wallet" : ""),
                () -> approvals.approve(asked.id(), actor, clock.millis()));
        Approval approval = find(approvalId);
        if (!approval.state().equals(Approval.APPROVED)) {
            throw decided(approval);
        }
        Acceptance acceptance = service.approved(service.wallet(approval.wallet()), approval);
        if (acceptance.replayed()) {
            approvals.became(approval.id(), acceptance.transfer().id().value());
        }
        return view(find(approvalId));
    }

    @POST
    @Path("{approvalId}/refuse")
    @RolesAllowed("approver")
    @Operation(summary = "Refuses a transfer for ever, also an approved one that could not be made yet")
    @APIResponse(responseCode = "200", description = "It is refused")
    @APIResponse(responseCode = "404", description = "unknown-approval")
    @APIResponse(responseCode = "409", description = "decided")
    public PolicyViews.ApprovalView refuse(@PathParam("approvalId") String approvalId) {
        return refuse(find(approvalId), "transfer-refused");
    }

    @POST
    @Path("{approvalId}/withdraw")
    @RolesAllowed("spender")
    @Operation(summary = "Whoever asked for a transfer takes it back before it is made")
    @APIResponse(responseCode = "200", description = "It is refused")
    @APIResponse(responseCode = "403", description = "other-person")
    @APIResponse(responseCode = "404", description = "unknown-approval")
    @APIResponse(responseCode = "409", description = "decided")
    public PolicyViews.ApprovalView withdraw(@PathParam("approvalId") String approvalId) {
        Approval asked = find(approvalId);
        if (!caller.actor().equals(asked.requestedBy())) {
            throw new ApiProblem(
                    403, "other-person", "only whoever asked for a transfer withdraws it; an approver refuses it");
        }
        return refuse(asked, "transfer-withdrawn");
    }

    private PolicyViews.ApprovalView refuse(Approval asked, String action) {
        String actor = caller.actor();
        boolean refused = audit.order(
                actor,
                action,
                "approval " + asked.id() + ", asked for by " + asked.requestedBy(),
                () -> approvals.refuse(asked.id(), actor, clock.millis()));
        Approval now = find(asked.id());
        if (!refused) {
            throw decided(now);
        }
        return view(now);
    }

    private static ApiProblem decided(Approval approval) {
        return new ApiProblem(
                409, "decided", "this transfer was " + approval.state() + " by " + approval.decidedBy() + " before");
    }

    private Approval find(String id) {
        return approvals
                .find(id)
                .orElseThrow(() -> new ApiProblem(
                        404, "unknown-approval", "there is no approval of this id: GET /approvals lists what waits"));
    }

    private PolicyViews.ApprovalView view(Approval approval) {
        return view(approval, gate);
    }

    static PolicyViews.ApprovalView view(Approval approval, PolicyGate gate) {
        return new PolicyViews.ApprovalView(
                approval.id(),
                approval.network(),
                approval.wallet(),
                approval.state(),
                gate.read(approval),
                approval.requestedBy(),
                approval.createdAtMillis(),
                approval.decidedBy(),
                approval.decidedAtMillis(),
                approval.transferId(),
                approval.restored());
    }
}
