package dev.rensa.node.gossip;

import dev.rensa.node.peer.NodeKey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** Short ids to ask for, collected a peer. */
final class Questions {

    private final Map<NodeKey, ShortIdQueue> byPeer = new LinkedHashMap<>();

    void add(NodeKey peer, long id) {
        byPeer.computeIfAbsent(peer, key -> new ShortIdQueue(WantedTransactions.MAX_QUOTA))
                .add(id);
    }

    void forEach(BiConsumer<NodeKey, long[]> action) {
        byPeer.forEach((peer, queue) -> {
            long[] ids = new long[queue.size()];
            for (int i = 0; i < ids.length; i++) {
                ids[i] = queue.get(i);
            }
            action.accept(peer, ids);
        });
    }
}
