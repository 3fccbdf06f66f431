package dev.rensa.wallet.transfer;

import dev.rensa.protocol.transaction.Transaction;
import org.jspecify.annotations.Nullable;

/**
 * A step to be recorded: the transfer behind it, and who took it and why.
 *
 * @param actor {@link #WALLET}, or whoever asked for it
 * @param cause a sentence for the audit log, without secrets
 * @param superseded the transaction that another one stands in for from now on; it may be mined all the same
 * @param approval id of the approval that becomes the transfer with this step, if one does
 */
public record Transition(
        Transfer after,
        String actor,
        String cause,
        @Nullable Transaction superseded,
        @Nullable String approval) {

    /** The wallet itself: its lanes, its rounds, or what it saw of nodes and chain. */
    public static final String WALLET = "wallet";

    /** A client without a name. */
    public static final String CLIENT = "client";

    /** A step by which no approval becomes a transfer: every one but the first of some. */
    Transition(Transfer after, String actor, String cause, @Nullable Transaction superseded) {
        this(after, actor, cause, superseded, null);
    }
}
