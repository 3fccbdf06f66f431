package dev.rensa.node.app;

import dev.rensa.node.api.ApiSettings;
import dev.rensa.node.api.NodeFacts;
import dev.rensa.node.mempool.MempoolLimits;
import dev.rensa.node.peer.PeerLimits;
import dev.rensa.node.peer.PeerTransportConfig;
import dev.rensa.protocol.crypto.BlockHash;
import java.util.Set;

/** Hands each room its part of the configuration. */
final class NodeSettings {

    /** A quarter of the connections stays free for nodes that dial us. */
    private static final int INBOUND_SHARE = 4;

    private NodeSettings() {}

    static MempoolLimits mempool(NodeConfig config) {
        NodeConfig.MempoolSettings mempool = config.mempool();
        return new MempoolLimits(
                mempool.maxBytes(),
                mempool.maxPerSender(),
                mempool.maxNonceGap(),
                mempool.expiry().toMillis());
    }

    static ApiSettings api(NodeConfig config) {
        return new ApiSettings(
                config.adminKey().filter(key -> !key.isBlank()),
                config.api().maxTransactionBody(),
                config.api().maxBatch(),
                config.api().maxEventClients());
    }

    static PeerTransportConfig transport(NodeConfig config, BlockHash network, NodeFacts facts) {
        NodeConfig.Peer peer = config.peer();
        try {
            return new PeerTransportConfig(
                    network,
                    peer.host(),
                    peer.port(),
                    peer.advertisedHost(),
                    facts.name(),
                    "rensa/" + facts.version(),
                    Set.of(),
                    PeerLimits.DEFAULT.withPeers(peer.max(), peer.max() / INBOUND_SHARE));
        } catch (IllegalArgumentException e) {
            throw new CannotStartException("The peer settings (rensa.peer, rensa.name) are refused: " + e.getMessage());
        }
    }
}
