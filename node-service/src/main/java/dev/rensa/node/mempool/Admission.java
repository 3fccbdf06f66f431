package dev.rensa.node.mempool;

import dev.rensa.protocol.verdict.Rejection;

/** What the mempool says to a transaction that is offered. */
public sealed interface Admission {

    /** Taken, and minable now. */
    record Pending() implements Admission {}

    /**
     * Taken, but not minable yet.
     *
     * @param missingNonce the sender's lowest nonce that is not minable: its transaction is missing, or the balance does
     *     not cover it behind those before it
     */
    record Queued(long missingNonce) implements Admission {}

    /** It is here already, or mined already. */
    record Known() implements Admission {}

    record Refused(Rejection rejection) implements Admission {}
}
