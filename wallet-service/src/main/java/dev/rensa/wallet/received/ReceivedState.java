package dev.rensa.wallet.received;

import java.util.Locale;

/** Where a received payment stands. */
public enum ReceivedState {
    /** It is in a canonical block. */
    MINED,
    /** That block has as many confirmations as are asked for. */
    FINAL,
    /** Its block left the canonical chain: it is not paid, unless another block brings it. */
    ORPHANED;

    /** The name in API and database. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The state of that code. */
    public static ReceivedState ofCode(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
