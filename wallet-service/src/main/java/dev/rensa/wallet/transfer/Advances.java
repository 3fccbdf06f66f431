package dev.rensa.wallet.transfer;

import dev.rensa.protocol.crypto.BlockHash;
import java.util.List;
import java.util.function.Consumer;

/**
 * Moves requests on that are durable already, in commands of their own: whoever asked for them has his answer by then, and a
 * failure here does not make it untrue. What it does not come to, the caretaker does.
 */
final class Advances {

    /** Transfers that get their nonces and signatures in one commit; between two of these others have their turn. */
    private static final int MAX_A_COMMIT = 512;

    private final TransferDesk desk;
    private final Consumer<List<Transfer>> courier;

    Advances(TransferDesk desk, Consumer<List<Transfer>> courier) {
        this.desk = desk;
        this.courier = courier;
    }

    /** Has them get their nonces and signatures soon. For the desk's thread. */
    void later(BlockHash network, List<Transfer> requested) {
        List<TransferId> ids = requested.stream().map(Transfer::id).toList();
        for (int from = 0; from < ids.size(); from += MAX_A_COMMIT) {
            List<TransferId> some = ids.subList(from, Math.min(ids.size(), from + MAX_A_COMMIT));
            var _ = desk.with(network, ledger -> {
                courier.accept(ledger.advance(ledger.requested(some)));
                return true;
            });
        }
    }
}
