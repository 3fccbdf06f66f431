package dev.rensa.wallet.policy;

import java.util.Optional;

/** Where policies rest, and what was spent under them. Safe for use by several threads and several replicas. */
public interface PolicyStore {

    /** The policy of a wallet; empty where none was ever set, and so none of its transfers was ever put aside. */
    Optional<Policy> find(String wallet);

    /** Sets the policy of a wallet in place of the former one. */
    void save(String wallet, Policy policy);

    /**
     * Counts a sum against the limit of the day, in one step, so that two requests at once cannot both take the rest.
     * Under one name a sum is counted once, however often it is asked for: the largest counts.
     *
     * @param name at most 64 characters, which no other wallet uses
     * @param maxDay most mon since {@code sinceMillis}, this sum included
     */
    Counted count(String name, String wallet, long cost, long maxDay, long nowMillis, long sinceMillis);

    /** Takes back one call's count, as it promised nothing; the sum counts on while other calls hold the name. */
    void release(String name);

    /** Reads every policy anew from here on: policies were written by another way. */
    default void forget() {}

    /** What came of counting a sum. */
    enum Counted {
        YES,
        /** The limit has no room for it; nothing was counted. */
        BEYOND_THE_LIMIT,
        /** A smaller sum is counted under this name, and the limit has no room for the difference. */
        SMALLER_BEFORE
    }
}
