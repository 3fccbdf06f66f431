package dev.rensa.wallet.api;

import dev.rensa.wallet.access.AuditEntry;
import dev.rensa.wallet.access.AuditLog;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What was ordered, apart from transfers, which have logs of their own. */
@Path("/audit")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "access")
public class AuditResource {

    private static final int MAX_PAGE = 1000;
    private static final int DEFAULT_PAGE = 100;

    private final AuditLog audit;

    public AuditResource(AuditLog audit) {
        this.audit = audit;
    }

    @GET
    @RolesAllowed("admin")
    @Operation(summary = "Who made and revoked keys, wallets and policies, who locked and unlocked; newest first")
    public AccessViews.AuditPage list(
            @QueryParam("before") @Nullable String before, @QueryParam("limit") @Nullable String limit) {
        int size = RequestReader.parameter(limit, "limit", DEFAULT_PAGE, 1, MAX_PAGE);
        List<AuditEntry> page = audit.list(before, size);
        return new AccessViews.AuditPage(
                page.stream().map(AccessViews.AuditView::of).toList(),
                page.size() < size ? null : page.getLast().id());
    }
}
