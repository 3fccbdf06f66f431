package dev.rensa.wallet.transfer;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Transfers that came from another replica, or were followed on another list of blocks, about which the chain was not asked
 * since: the other replica may have died before it saw the latest blocks. Owned by the desk's thread.
 */
final class TakenOver {

    /** Signed, and to be compared with the chain. */
    private final Map<TransferId, Transfer> unconfirmed = new LinkedHashMap<>();

    /** Held, and to be looked for in all blocks in which another wallet may have paid them. */
    private final Set<TransferId> unsearched = new HashSet<>();

    void add(Transfer transfer) {
        if (transfer.transaction() != null) {
            unconfirmed.put(transfer.id(), transfer);
        } else if (transfer.isHeld()) {
            unsearched.add(transfer.id());
        }
    }

    /** It made a step since, or was compared with the chain. */
    void remove(Transfer transfer) {
        unconfirmed.remove(transfer.id());
        unsearched.remove(transfer.id());
    }

    List<Transfer> unconfirmed() {
        return List.copyOf(unconfirmed.values());
    }

    boolean isUnconfirmed(Transfer transfer) {
        return unconfirmed.containsKey(transfer.id());
    }

    Set<TransferId> unsearched() {
        return Set.copyOf(unsearched);
    }

    boolean isUnsearched(Transfer transfer) {
        return unsearched.contains(transfer.id());
    }

    /** They are in none of those blocks. */
    void searched(Set<TransferId> ids) {
        unsearched.removeAll(ids);
    }
}
