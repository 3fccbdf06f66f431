package dev.rensa.node.mempool;

import dev.rensa.protocol.crypto.TransactionId;
import java.util.List;
import java.util.Optional;

/**
 * What would become of a transaction if it were offered.
 *
 * @param admission the answer it would get
 * @param replaces the transaction whose nonce it would take
 * @param evicts those that would leave to make room for it
 */
public record Trial(Admission admission, Optional<TransactionId> replaces, List<TransactionId> evicts) {

    /** A trial of a transaction that would change nothing. */
    public static Trial of(Admission admission) {
        return new Trial(admission, Optional.empty(), List.of());
    }
}
