package dev.rensa.explorer.history;

import dev.rensa.explorer.passport.Stamp;
import dev.rensa.explorer.tree.TreeBlock;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.TransactionId;
import java.util.List;
import java.util.Map;

/**
 * What is to be kept, in one transaction of the database.
 *
 * @param id names them: notes of the same name are the same, and kept once
 * @param timeMillis now
 * @param blocks new ones, and those that arrived at more nodes since
 * @param stamps those that came since
 */
public record Notes(
        String id,
        BlockHash network,
        long timeMillis,
        List<Told> events,
        List<TreeBlock> blocks,
        Map<TransactionId, List<Stamp>> stamps) {

    boolean isEmpty() {
        return events.isEmpty() && blocks.isEmpty() && stamps.isEmpty();
    }

    int stampCount() {
        return stamps.values().stream().mapToInt(List::size).sum();
    }
}
