package dev.rensa.wallet.policy;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where approvals rest. Safe for use by several threads and several replicas. */
public interface ApprovalStore {

    /**
     * Writes a new one; false if {@link Approval#MAX_WAITING} of its wallet wait, or one has its idempotency key.
     *
     * @param sinceMillis those that were asked for before do not wait any more
     */
    boolean add(Approval approval, long sinceMillis);

    Optional<Approval> find(String id);

    Optional<Approval> findByIdempotencyKey(String network, String wallet, String key);

    /** Approves one that waits; false if somebody decided it before. */
    boolean approve(String id, String by, long atMillis);

    /** Refuses one that waits, or was approved and became no transfer; false if there is nothing to refuse any more. */
    boolean refuse(String id, String by, long atMillis);

    /** Notes which transfer an approved one became, where nobody did yet. */
    void became(String id, String transferId);

    /**
     * A page of those that wait, and of those that were approved and became no transfer yet; newest first.
     *
     * @param sinceMillis without those that were asked for before
     * @param before only older ones than the one of this id, when given
     * @param limit 1 to 1,000
     */
    List<Approval> listOpen(long sinceMillis, @Nullable String before, int limit);

    /**
     * A page, newest first.
     *
     * @param state only of that state
     * @param before only older ones than the one of this id, when given
     * @param limit 1 to 1,000
     */
    List<Approval> list(String state, @Nullable String before, int limit);
}
