package dev.rensa.node.discovery;

import dev.rensa.node.peer.NodeKey;
import dev.rensa.node.peer.PeerAddress;
import dev.rensa.node.peer.PeerInfo;
import dev.rensa.node.peer.PeerLink;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who is connected at one moment.
 *
 * @param byAddress addresses that certainly lead to a connected node
 * @param outbound addresses of those that this node dialled
 */
record Connected(Set<NodeKey> keys, Map<PeerAddress, NodeKey> byAddress, List<PeerAddress> outbound) {

    static Connected of(List<PeerLink> links) {
        Set<NodeKey> keys = new HashSet<>();
        Map<PeerAddress, NodeKey> byAddress = new HashMap<>();
        List<PeerAddress> outbound = new ArrayList<>();
        for (PeerLink link : links) {
            PeerInfo info = link.info();
            keys.add(info.key());
            if (info.outbound()) {
                byAddress.put(info.remoteAddress(), info.key());
                outbound.add(info.remoteAddress());
            } else {
                // A peer may claim any address as its own; believed is the one that its connection comes from.
                info.listenAddress()
                        .filter(claimed ->
                                claimed.host().equals(info.remoteAddress().host()))
                        .ifPresent(address -> byAddress.put(address, info.key()));
            }
        }
        return new Connected(Set.copyOf(keys), Map.copyOf(byAddress), List.copyOf(outbound));
    }
}
