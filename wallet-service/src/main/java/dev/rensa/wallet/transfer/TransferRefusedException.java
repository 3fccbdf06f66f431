package dev.rensa.wallet.transfer;

import java.io.Serial;

/** A transfer was not accepted, and nothing of it was kept. The message is a sentence for the client. */
public final class TransferRefusedException extends RuntimeException {

    /** The account cannot pay it. */
    public static final String INSUFFICIENT_FUNDS = "insufficient-funds";

    /** The idempotency key belongs to another request. */
    public static final String KEY_REUSED = "idempotency-key-reused";

    /** Too many transfers are under way. */
    public static final String TOO_MANY_OPEN = "too-many-open-transfers";

    /** It is mined, has ended, or is being cancelled. */
    public static final String NOT_CHANGEABLE = "not-changeable";

    /** A replacement must offer more. */
    public static final String FEE_NOT_RAISED = "fee-not-raised";

    /** Another replica has this sender's lane. */
    public static final String HELD_ELSEWHERE = "held-elsewhere";

    /** Whoever approved it, or somebody else, refused it before it was accepted. */
    public static final String NOT_APPROVED = "decided";

    @Serial
    private static final long serialVersionUID = 1L;

    private final String code;

    TransferRefusedException(String code, String message) {
        super(message);
        this.code = code;
    }

    /** The problem's code. */
    public String code() {
        return code;
    }
}
