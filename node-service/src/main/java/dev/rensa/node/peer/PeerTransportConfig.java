package dev.rensa.node.peer;

import dev.rensa.protocol.crypto.BlockHash;
import java.util.Optional;
import java.util.Set;

/**
 * How a node meets others.
 *
 * @param network hash of block 0; nodes of another are refused
 * @param bindHost address to listen on, {@code 0.0.0.0} or {@code ::} for all
 * @param bindPort 0 lets the system choose
 * @param advertisedHost name or address that others should dial; empty: where our connections come from
 * @param name for people, at most 64 characters of printable ASCII
 * @param agent software and version, the same
 * @param allowedKeys if not empty, every other node is refused
 * @param maxBlockBytes most bytes of transactions a block of the network may have; longer answers are refused unread
 * @param tls how connections are encrypted; empty: they are not
 */
public record PeerTransportConfig(
        BlockHash network,
        String bindHost,
        int bindPort,
        Optional<String> advertisedHost,
        String name,
        String agent,
        Set<NodeKey> allowedKeys,
        int maxBlockBytes,
        Optional<PeerTls> tls,
        PeerLimits limits) {

    /**
     * Checks what others would refuse in our greeting.
     *
     * @throws IllegalArgumentException with a sentence that names the value
     */
    public PeerTransportConfig {
        allowedKeys = Set.copyOf(allowedKeys);
        if (bindPort < 0 || bindPort > PeerAddress.MAX_PORT) {
            throw new IllegalArgumentException("the peer port " + bindPort + " is not in 0…" + PeerAddress.MAX_PORT);
        }
        if (!Hello.isText(name) || !Hello.isText(agent)) {
            throw new IllegalArgumentException(
                    "name and agent must each be at most " + Hello.MAX_TEXT_LENGTH + " characters of printable ASCII");
        }
        advertisedHost = advertisedHost.map(host -> new PeerAddress(host, PeerAddress.MAX_PORT).host());
    }
}
