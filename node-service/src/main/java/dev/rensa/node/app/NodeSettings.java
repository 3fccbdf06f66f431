package dev.rensa.node.app;

import dev.rensa.node.api.ApiSettings;
import dev.rensa.node.api.EventLimits;
import dev.rensa.node.api.NodeFacts;
import dev.rensa.node.mempool.MempoolLimits;
import dev.rensa.node.peer.PeerLimits;
import dev.rensa.node.peer.PeerTransportConfig;
import dev.rensa.protocol.crypto.BlockHash;
import java.util.List;
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
                Set.copyOf(config.api().allowedHosts().orElse(List.of())));
    }

    /** What a stream needs at least, and what an operator may set. */
    static EventLimits events(NodeConfig config) {
        NodeConfig.Events events = config.events();
        requireAtLeast("rensa.events.buffer-events", events.bufferEvents(), 1);
        requireAtLeast("rensa.events.buffer-bytes", events.bufferBytes(), 1);
        requireAtLeast("rensa.events.keep-alive", events.keepAlive().toMillis(), 1_000);
        requireAtLeast("rensa.events.resume-window", events.resumeWindow().toMillis(), 0);
        return new EventLimits(
                config.api().maxEventClients(),
                events.bufferEvents(),
                events.bufferBytes(),
                events.resumeWindow().toMillis(),
                events.keepAlive().toMillis());
    }

    private static void requireAtLeast(String setting, long value, long least) {
        if (value < least) {
            throw new CannotStartException(setting + " is " + value + "; it must be at least " + least + ".");
        }
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
