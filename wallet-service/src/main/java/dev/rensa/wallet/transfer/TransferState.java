package dev.rensa.wallet.transfer;

import java.util.Locale;

/** Where a transfer stands. */
public enum TransferState {
    /** Accepted: the promise is durable. */
    REQUESTED,
    /** It has a nonce. */
    RESERVED,
    /** Its bytes are fixed and durable; from here on only these bytes ever leave the house. */
    SIGNED,
    /** At least one node took it. */
    SUBMITTED,
    /** It is in a canonical block. */
    MINED,
    /** That block has as many confirmations as are asked for. */
    FINAL,
    /** It can never be mined; nothing was paid. */
    FAILED,
    /** Another transaction of the account used its nonce; nothing was paid by this one. */
    REPLACED,
    /** The chain passed its last valid height; nothing was paid. */
    EXPIRED;

    /** Whether the wallet still has to do something for it. */
    public boolean isOpen() {
        return compareTo(FINAL) < 0;
    }

    /** Whether it has bytes that are not known to be in a canonical block. */
    public boolean isUnderWay() {
        return this == SIGNED || this == SUBMITTED;
    }

    /** The name in API, database and logs. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The state of that code. */
    public static TransferState ofCode(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
