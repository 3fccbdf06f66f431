package dev.rensa.wallet.transfer;

import dev.rensa.wallet.node.Network;
import dev.rensa.wallet.node.Node;
import java.util.List;
import java.util.Optional;

/**
 * Compares transfers with the chain that came from another replica, or whose blocks this one followed before it went on from
 * another one's list: the other one may have died before it saw the latest blocks, or slept through a reorganisation. For one
 * thread.
 */
final class Adoption {

    /** Transfers a round, so that a round ends. */
    private static final int MAX_A_ROUND = 500;

    private final TransferDesk desk;
    private final Heartbeat heartbeat;

    Adoption(TransferDesk desk, Heartbeat heartbeat) {
        this.desk = desk;
        this.heartbeat = heartbeat;
    }

    /**
     * Looks each one up at a node. One that is in a block which is not followed stays in doubt: the node is about to leave
     * that block, or the next round follows it.
     */
    void compare(Network network, Node node, ChainFollower follower) {
        List<Transfer> adopted = Answers.await(
                desk.with(network.hash(), ledger -> ledger.takenOver().unconfirmed()));
        for (Transfer transfer : adopted.subList(0, Math.min(adopted.size(), MAX_A_ROUND))) {
            heartbeat.beat();
            Optional<Place> place = Place.of(transfer, node);
            if (place.isPresent()
                    && !follower.stands(
                            place.get().position().height(),
                            place.get().position().hash())) {
                continue;
            }
            Answers.await(desk.with(network.hash(), ledger -> {
                enter(ledger, transfer, place);
                ledger.takenOver().remove(transfer);
                ledger.commit();
                return true;
            }));
        }
    }

    private static void enter(Ledger ledger, Transfer seen, Optional<Place> place) {
        Transfer current = ledger.current(seen.id());
        if (current == null || current.version() != seen.version()) {
            return;
        }
        boolean stays = place.isPresent() && place.get().position().hash().equals(current.block());
        if (current.state() == TransferState.MINED && !stays) {
            current = BlockEntry.sendBack(ledger, current);
        }
        if (current.state().isUnderWay() && place.isPresent()) {
            Node.BlockPosition position = place.get().position();
            BlockEntry.mined(ledger, current, place.get().transaction(), position.height(), position.hash());
        }
    }
}
