package dev.rensa.wallet.policy;

import java.util.Optional;

/** Where policies rest, and what was spent under them. Safe for use by several threads and several replicas. */
public interface PolicyStore {

    /** The policy of a wallet; {@link Policy#NONE} where none was set. */
    Policy find(String wallet);

    /** Sets the policy of a wallet in place of the former one. */
    void save(String wallet, Policy policy);

    /**
     * Counts a sum against the limit of the day, in one step, so that two requests at once cannot both take the rest.
     *
     * @param maxDay most mon since {@code sinceMillis}, this sum included
     * @return the name under which it is counted; empty if the limit does not allow it
     */
    Optional<String> reserve(String wallet, long cost, long maxDay, long nowMillis, long sinceMillis);

    /** Takes back what was counted, as nothing was promised after all. */
    void release(String reservation);
}
