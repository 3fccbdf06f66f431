package dev.rensa.wallet.transfer;

import java.io.Serial;

/** This process was silent for longer than its lease, and others took its lanes: nothing was written. */
public final class LostLeaseException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    public LostLeaseException(ReplicaId replica) {
        super("replica " + replica + " lost its lease; its lanes are free for others");
    }
}
