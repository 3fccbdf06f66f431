package dev.rensa.wallet.policy;

import java.util.List;
import java.util.Optional;

/** Where approvals rest. Safe for use by several threads and several replicas. */
public interface ApprovalStore {

    /** Writes a new one; false if {@link Approval#MAX_WAITING} of its wallet wait, or one has its idempotency key. */
    boolean add(Approval approval);

    Optional<Approval> find(String id);

    Optional<Approval> findByIdempotencyKey(String wallet, String key);

    /** Decides one that waits; false if somebody decided it before. */
    boolean decide(String id, String state, String by, long atMillis);

    /** Notes which transfer an approved one became. */
    void became(String id, String transferId);

    /**
     * A page of those that wait, and of those that were approved and became no transfer yet; newest first.
     *
     * @param limit 1 to 1,000
     */
    List<Approval> listOpen(int limit);

    /**
     * A page, newest first.
     *
     * @param state only of that state
     * @param limit 1 to 1,000
     */
    List<Approval> list(String state, int limit);
}
