package dev.rensa.node.mempool;

import dev.rensa.protocol.verdict.Rejection;

/** What the mempool says to a transaction that is offered. */
public sealed interface Admission {

    /** Taken, and minable now. */
    record Pending() implements Admission {}

    /**
     * Taken, but an earlier transaction of the sender is missing.
     *
     * @param missingNonce the lowest nonce that is missing
     */
    record Queued(long missingNonce) implements Admission {}

    /** It is here already. */
    record Known() implements Admission {}

    record Refused(Rejection rejection) implements Admission {}
}
