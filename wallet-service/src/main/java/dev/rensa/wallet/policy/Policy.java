package dev.rensa.wallet.policy;

import dev.rensa.protocol.crypto.PublicKey;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a wallet may spend. Sums are in mon, fees included; what is null is not limited.
 *
 * @param maxTransfer most of one transfer
 * @param maxDay most within any 24 hours
 * @param approvalAbove a transfer of more waits for somebody who approves it
 * @param recipients who may be paid; empty for anybody
 */
public record Policy(
        @Nullable Long maxTransfer,
        @Nullable Long maxDay,
        @Nullable Long approvalAbove,
        Set<PublicKey> recipients) {

    /** Most recipients of a list: it is read for each transfer. */
    public static final int MAX_RECIPIENTS = 1000;

    /** The policy that allows everything. */
    public static final Policy NONE = new Policy(null, null, null, Set.of());

    public Policy {
        recipients = Set.copyOf(recipients);
    }

    /** Whether that sum waits for approval. */
    public boolean wantsApproval(long cost) {
        return approvalAbove != null && cost > approvalAbove;
    }
}
