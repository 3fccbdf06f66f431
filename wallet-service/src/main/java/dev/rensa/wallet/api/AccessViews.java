package dev.rensa.wallet.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.rensa.wallet.access.ApiKey;
import dev.rensa.wallet.access.AuditEntry;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What is asked and answered about keys and the log of orders. */
final class AccessViews {

    private AccessViews() {}

    /**
     * A key to be made.
     *
     * @param name for people and logs, 1 to 100 characters
     * @param role {@code reader}, {@code spender}, {@code approver} or {@code admin}
     */
    record NewKey(
            @Schema(examples = "payout service") @Nullable String name,

            @Schema(
                    enumeration = {"reader", "spender", "approver", "admin"},
                    examples = "spender")
            @Nullable
            String role) {}

    /**
     * A key.
     *
     * @param secret shown once, when it was made: send it in the header {@code X-Rensa-Api-Key}
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record KeyView(
            String id,
            String name,
            String role,
            @Nullable String secret,
            long createdAtMillis,
            String createdBy,
            @Nullable Long revokedAtMillis,
            @Nullable String revokedBy) {

        static KeyView of(ApiKey key, @Nullable String secret) {
            return new KeyView(
                    key.id(),
                    key.name(),
                    key.role().code(),
                    secret,
                    key.createdAtMillis(),
                    key.createdBy(),
                    key.revokedAtMillis(),
                    key.revokedBy());
        }

        @Override
        public String toString() {
            return "KeyView[" + id + "]";
        }
    }

    /** All keys. */
    record KeyList(List<KeyView> keys) {}

    /** Something that somebody ordered. */
    record AuditView(String id, long atMillis, String actor, String action, String detail) {
        static AuditView of(AuditEntry entry) {
            return new AuditView(entry.id(), entry.atMillis(), entry.actor(), entry.action(), entry.detail());
        }
    }

    /**
     * A page of the log, newest first.
     *
     * @param next give it as {@code before} to get the page behind this one; absent on the last page
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record AuditPage(List<AuditView> entries, @Nullable String next) {}
}
