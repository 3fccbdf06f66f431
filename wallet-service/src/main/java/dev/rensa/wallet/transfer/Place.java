package dev.rensa.wallet.transfer;

import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.wallet.node.Node;
import java.util.Optional;

/** Where one of a transfer's transactions is on the canonical chain. */
record Place(Transaction transaction, Node.BlockPosition position) {

    /** Asks a node for each of them that pays; not for those that only use up the nonce. */
    static Optional<Place> of(Transfer transfer, Node node) {
        for (Transaction transaction : transfer.transactions()) {
            Optional<Node.BlockPosition> found =
                    transfer.isPaidBy(transaction) ? node.blockOf(transaction.id()) : Optional.empty();
            if (found.isPresent()) {
                return Optional.of(new Place(transaction, found.get()));
            }
        }
        return Optional.empty();
    }
}
