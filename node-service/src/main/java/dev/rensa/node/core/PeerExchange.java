package dev.rensa.node.core;

import dev.rensa.node.peer.Message;
import dev.rensa.node.peer.MessageLimits;
import dev.rensa.node.peer.NodeKey;
import dev.rensa.node.peer.PeerAddress;
import dev.rensa.node.peer.PeerLink;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells peers of one another: a new one of all others, all others of the new one. Writer thread only. */
final class PeerExchange {

    private final Map<NodeKey, PeerLink> links = new LinkedHashMap<>();

    void connected(PeerLink link) {
        List<PeerAddress> others = links.values().stream()
                .flatMap(other -> addressOf(other).stream())
                .limit(MessageLimits.MAX_ADDRESSES)
                .toList();
        if (!others.isEmpty()) {
            link.send(new Message.Peers(others));
        }
        addressOf(link)
                .ifPresent(address -> links.values().forEach(other -> other.send(new Message.Peers(List.of(address)))));
        links.put(link.key(), link);
    }

    void disconnected(NodeKey key) {
        links.remove(key);
    }

    private static Optional<PeerAddress> addressOf(PeerLink link) {
        return link.info().listenAddress();
    }
}
