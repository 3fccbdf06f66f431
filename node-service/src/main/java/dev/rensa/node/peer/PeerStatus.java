package dev.rensa.node.peer;

import java.util.OptionalDouble;

/**
 * A connection as its numbers stand now.
 *
 * @param info what the peer said in the handshake
 * @param connectedSinceMillis since 1970-01-01 UTC
 * @param latencyMillis last round trip of a ping, empty before the first
 * @param queuedBytes waiting to be sent
 * @param score of misbehaviour; at 100 the peer is banned
 */
public record PeerStatus(
        PeerInfo info,
        long connectedSinceMillis,
        OptionalDouble latencyMillis,
        long bytesIn,
        long bytesOut,
        long queuedBytes,
        int score) {}
