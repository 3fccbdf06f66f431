package dev.rensa.node.app;

import dev.rensa.node.api.ApiSettings;
import dev.rensa.node.api.EventLimits;
import dev.rensa.node.api.NodeFacts;
import dev.rensa.node.mempool.MempoolLimits;
import dev.rensa.node.peer.NodeKey;
import dev.rensa.node.peer.PeerLimits;
import dev.rensa.node.peer.PeerTls;
import dev.rensa.node.peer.PeerTransportConfig;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.PublicKey;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Hands each room its part of the configuration. */
final class NodeSettings {

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
                config.api().allowedHosts().orElse(List.of()).stream()
                        .map(host -> host.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toUnmodifiableSet()));
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

    static PeerTransportConfig transport(NodeConfig config, BlockHash network, int maxBlockBytes, NodeFacts facts) {
        NodeConfig.Peer peer = config.peer();
        try {
            return new PeerTransportConfig(
                    network,
                    peer.host(),
                    peer.port(),
                    peer.advertisedHost(),
                    facts.name(),
                    "rensa/" + facts.version(),
                    allowedKeys(peer),
                    maxBlockBytes,
                    tls(peer),
                    PeerLimits.DEFAULT.withPeers(
                            peer.max(), Math.min(peer.max(), peer.maxOutbound()), peer.maxPerAddress()));
        } catch (IllegalArgumentException e) {
            throw new CannotStartException("The peer settings (rensa.peer, rensa.name) are refused: " + e.getMessage());
        }
    }

    private static Set<NodeKey> allowedKeys(NodeConfig.Peer peer) {
        return peer.allowedKeys().orElse(List.of()).stream()
                .map(NodeSettings::nodeKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static NodeKey nodeKey(String hex) {
        try {
            return new NodeKey(PublicKey.fromHex(hex.strip()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "\"" + hex + "\" in rensa.peer.allowed-keys is not a node key of 64 hexadecimal digits", e);
        }
    }

    /** All of it or none of it: half a TLS would be mistaken for a whole one. */
    private static Optional<PeerTls> tls(NodeConfig.Peer peer) {
        NodeConfig.Tls tls = peer.tls();
        if (tls.certificate().isEmpty() && tls.key().isEmpty() && tls.trust().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new PeerTls(
                required("certificate", tls.certificate()),
                required("key", tls.key()),
                required("trust", tls.trust()),
                tls.mutual()));
    }

    private static Path required(String name, Optional<Path> file) {
        return file.orElseThrow(() -> new IllegalArgumentException("rensa.peer.tls." + name
                + " is missing: TLS between nodes needs a certificate, its key and a trust store"));
    }
}
