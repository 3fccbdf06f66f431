package dev.rensa.node.mempool;

import dev.rensa.protocol.verdict.Rejection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What admitting an offered transaction would do, worked out before anything is done. */
sealed interface AdmissionPlan {

    record Refuse(Rejection rejection) implements AdmissionPlan {}

    /**
     * It can be taken.
     *
     * @param queue its sender's, possibly a new one
     * @param replaced the one whose nonce it takes
     * @param victims those that leave to make room
     * @param beyondSenderLimit the one of the victims that leaves since its sender has too many
     */
    record Take(
            SenderQueue queue,
            @Nullable PooledTransaction replaced,
            List<PooledTransaction> victims,
            @Nullable PooledTransaction beyondSenderLimit)
            implements AdmissionPlan {}
}
