package dev.rensa.node.peer;

import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.work.Work;
import java.util.Optional;

/**
 * What a peer said of itself in the handshake.
 *
 * @param name for people, at most 64 characters, printable ASCII
 * @param agent software and version, at most 64 characters, printable ASCII
 * @param listenAddress where others can reach it, if it listens
 * @param tip its canonical tip at the time
 * @param work cumulative work of that tip
 */
public record PeerInfo(
        NodeKey key,
        String name,
        String agent,
        boolean outbound,
        PeerAddress remoteAddress,
        Optional<PeerAddress> listenAddress,
        long height,
        BlockHash tip,
        Work work) {}
