package dev.rensa.wallet.transfer;

import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.crypto.TransactionId;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Open transfers by id, by each of their transactions, and in their senders' lanes. Owned by the desk's thread. */
final class OpenTransfers {

    private final Map<PublicKey, Lane> lanes = new HashMap<>();
    private final Map<TransferId, Transfer> byId = new LinkedHashMap<>();
    private final Map<TransactionId, TransferId> byTransaction = new HashMap<>();

    /** Takes a transfer in, if it is open. */
    void add(Transfer transfer) {
        if (!transfer.state().isOpen()) {
            return;
        }
        lane(transfer.sender()).add(transfer);
        byId.put(transfer.id(), transfer);
        transfer.transactions().forEach(transaction -> byTransaction.put(transaction.id(), transfer.id()));
    }

    void remove(Transfer transfer) {
        lane(transfer.sender()).remove(transfer);
        byId.remove(transfer.id());
        transfer.transactions().forEach(transaction -> byTransaction.remove(transaction.id()));
    }

    /** A sender's lane, made when there is none. */
    Lane lane(PublicKey sender) {
        return lanes.computeIfAbsent(sender, key -> new Lane());
    }

    /** A sender's lane, if there is one. */
    Optional<Lane> laneOf(PublicKey sender) {
        return Optional.ofNullable(lanes.get(sender));
    }

    /** Senders that have transfers which are not final yet. */
    List<PublicKey> busySenders() {
        return lanes.entrySet().stream()
                .filter(lane -> !lane.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Forgets lanes that are empty and that nobody has paid from since; returns their senders. */
    List<PublicKey> forgetIdle(long sinceMillis) {
        List<PublicKey> idle = lanes.entrySet().stream()
                .filter(lane -> lane.getValue().isEmpty() && lane.getValue().isIdleSince(sinceMillis))
                .map(Map.Entry::getKey)
                .toList();
        lanes.keySet().removeAll(idle);
        return idle;
    }

    /** Forgets where accounts stand. */
    void forgetLanes() {
        lanes.clear();
        byId.values().forEach(transfer -> lane(transfer.sender()).add(transfer));
    }

    @Nullable
    Transfer current(TransferId id) {
        return byId.get(id);
    }

    Optional<Transfer> find(TransactionId transaction) {
        return Optional.ofNullable(byTransaction.get(transaction)).map(byId::get);
    }

    Collection<Transfer> all() {
        return List.copyOf(byId.values());
    }

    Set<TransferId> ids() {
        return Set.copyOf(byId.keySet());
    }

    int count() {
        return byId.size();
    }
}
