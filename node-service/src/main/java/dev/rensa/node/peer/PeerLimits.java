package dev.rensa.node.peer;

/**
 * Bounds of the transport. Not part of the protocol: each node may choose its own.
 *
 * @param maxPeers connections in both directions together
 * @param reservedForInbound how many of these nobody is dialled for, so that newcomers find a node to join
 * @param writeQueueBytes what may wait to be sent to one peer; must hold the largest frame
 * @param inFlightMessages received from one peer and not yet dealt with by the writer; reading pauses beyond
 * @param inFlightBytes the same in bytes of frames; one frame may pass it
 * @param connectTimeoutMillis for TCP, names being resolved included
 * @param handshakeTimeoutMillis from the open connection to its admission
 * @param pingIntervalMillis between two pings of ours
 * @param silenceMillis without a byte from the peer, or without one taken by it, after which it counts as dead
 * @param banMillis how long a misbehaving node key or remote address is refused
 */
public record PeerLimits(
        int maxPeers,
        int reservedForInbound,
        long writeQueueBytes,
        int inFlightMessages,
        long inFlightBytes,
        int connectTimeoutMillis,
        int handshakeTimeoutMillis,
        int pingIntervalMillis,
        int silenceMillis,
        int banMillis) {

    private static final int MEBIBYTE = 1024 * 1024;

    /** Generous to honest peers: what all of them could hold at once is more than a small heap, few ever do. */
    public static final PeerLimits DEFAULT =
            new PeerLimits(64, 16, 64L * MEBIBYTE, 256, 16L * MEBIBYTE, 3_000, 5_000, 15_000, 45_000, 600_000);

    /**
     * Checks that the bounds make sense together.
     *
     * @throws IllegalArgumentException with a sentence that names the bound
     */
    public PeerLimits {
        require(maxPeers >= 1 && maxPeers <= 10_000, "maxPeers", "lie in 1…10,000");
        require(
                reservedForInbound >= 0 && reservedForInbound < maxPeers,
                "reservedForInbound",
                "be at least 0 and below maxPeers");
        require(
                writeQueueBytes >= MessageLimits.MAX_FRAME_BYTES + Integer.BYTES,
                "writeQueueBytes",
                "hold the largest frame, " + MessageLimits.MAX_FRAME_BYTES + " bytes");
        require(inFlightMessages >= 1, "inFlightMessages", "be at least 1");
        require(inFlightBytes >= 1, "inFlightBytes", "be at least 1");
        require(connectTimeoutMillis >= 1, "connectTimeoutMillis", "be at least 1");
        require(handshakeTimeoutMillis >= 1, "handshakeTimeoutMillis", "be at least 1");
        require(pingIntervalMillis >= 1, "pingIntervalMillis", "be at least 1");
        require(silenceMillis > pingIntervalMillis, "silenceMillis", "be longer than pingIntervalMillis");
        require(banMillis >= 0, "banMillis", "not be negative");
    }

    /** Most links that others dialled: an eighth of all places stays with whom this node dials itself. */
    int maxInbound() {
        return maxPeers - maxPeers / 8;
    }

    /** The same with another number of connections. */
    public PeerLimits withPeers(int newMaxPeers, int newReservedForInbound) {
        return new PeerLimits(
                newMaxPeers,
                newReservedForInbound,
                writeQueueBytes,
                inFlightMessages,
                inFlightBytes,
                connectTimeoutMillis,
                handshakeTimeoutMillis,
                pingIntervalMillis,
                silenceMillis,
                banMillis);
    }

    private static void require(boolean holds, String name, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(name + " must " + rule);
        }
    }
}
