package dev.rensa.wallet.policy;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A transfer that waits for a second person, or waited.
 *
 * @param network the network's block 0, in hexadecimal: it is paid there or nowhere
 * @param request what was asked for, as JSON
 * @param requestHash SHA-256 of the request, in hexadecimal
 * @param state {@link #WAITING}, {@link #APPROVED} or {@link #REFUSED}
 * @param transferId the transfer that it became
 */
public record Approval(
        String id,
        String network,
        String wallet,
        String request,
        @Nullable String idempotencyKey,
        String requestHash,
        String state,
        String requestedBy,
        long createdAtMillis,
        @Nullable String decidedBy,
        @Nullable Long decidedAtMillis,
        @Nullable String transferId,
        boolean restored) {

    /** One that was not open in a backup. */
    public Approval(
            String id,
            String network,
            String wallet,
            String request,
            @Nullable String idempotencyKey,
            String requestHash,
            String state,
            String requestedBy,
            long createdAtMillis,
            @Nullable String decidedBy,
            @Nullable Long decidedAtMillis,
            @Nullable String transferId) {
        this(
                id,
                network,
                wallet,
                request,
                idempotencyKey,
                requestHash,
                state,
                requestedBy,
                createdAtMillis,
                decidedBy,
                decidedAtMillis,
                transferId,
                false);
    }

    public static final String WAITING = "awaiting-approval";
    public static final String APPROVED = "approved";
    public static final String REFUSED = "refused";

    /** After so long nobody may approve it any more: whoever asked has forgotten it, or asked anew. */
    public static final Duration MAX_AGE = Duration.ofDays(7);

    /** Most that wait at once for a wallet: a person looks at each. */
    public static final int MAX_WAITING = 1000;
}
