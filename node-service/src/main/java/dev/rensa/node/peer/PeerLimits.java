package dev.rensa.node.peer;

/**
 * Bounds of the transport. Not part of the protocol: each node may choose its own.
 *
 * @param maxPeers connections in both directions together
 * @param maxOutbound how many of these this node dials itself; the others are free for those who dial it
 * @param maxPerAddress connections that others dialled from one remote address; loopback, which all processes of a machine
 *     share, is exempt
 * @param writeQueueBytes what may wait to be sent to one peer; must hold the largest frame
 * @param inFlightMessages received from one peer and not yet dealt with by the writer; reading pauses beyond
 * @param inFlightBytes the same in bytes of frames; one frame may pass it
 * @param receiveBytes frames of all peers together that are on their way or in flight; no further long one is read beyond
 * @param sendBytes what may wait to be sent to all peers together; questions wait beyond
 * @param workPerSecond units of work ({@link WorkCost}) that one peer may cause; what is beyond waits
 * @param connectTimeoutMillis for TCP, names being resolved included
 * @param handshakeTimeoutMillis from the open connection to its admission
 * @param pingIntervalMillis between two pings of ours
 * @param silenceMillis without a byte from the peer, or without one taken by it, after which it counts as dead
 * @param banMillis how long a misbehaving node key or remote address is refused
 */
public record PeerLimits(
        int maxPeers,
        int maxOutbound,
        int maxPerAddress,
        long writeQueueBytes,
        int inFlightMessages,
        long inFlightBytes,
        long receiveBytes,
        long sendBytes,
        int workPerSecond,
        int connectTimeoutMillis,
        int handshakeTimeoutMillis,
        int pingIntervalMillis,
        int silenceMillis,
        int banMillis) {

    private static final int MEBIBYTE = 1024 * 1024;

    /** The budgets hold a few of the largest frames of the usual networks, and leave a small heap its room. */
    public static final PeerLimits DEFAULT = new PeerLimits(
            64,
            8,
            8,
            64L * MEBIBYTE,
            256,
            16L * MEBIBYTE,
            64L * MEBIBYTE,
            96L * MEBIBYTE,
            4_000,
            3_000,
            5_000,
            15_000,
            45_000,
            600_000);

    /**
     * Checks that the bounds make sense together.
     *
     * @throws IllegalArgumentException with a sentence that names the bound
     */
    public PeerLimits {
        require(maxPeers >= 1 && maxPeers <= 10_000, "maxPeers", "lie in 1…10,000");
        require(maxOutbound >= 1 && maxOutbound <= maxPeers, "maxOutbound", "lie in 1…maxPeers");
        require(maxPerAddress >= 1, "maxPerAddress", "be at least 1");
        requireFrame(writeQueueBytes, "writeQueueBytes");
        require(inFlightMessages >= 1, "inFlightMessages", "be at least 1");
        require(inFlightBytes >= 1, "inFlightBytes", "be at least 1");
        requireFrame(receiveBytes, "receiveBytes");
        requireFrame(sendBytes, "sendBytes");
        require(workPerSecond >= 1, "workPerSecond", "be at least 1");
        require(connectTimeoutMillis >= 1, "connectTimeoutMillis", "be at least 1");
        require(handshakeTimeoutMillis >= 1, "handshakeTimeoutMillis", "be at least 1");
        require(pingIntervalMillis >= 1, "pingIntervalMillis", "be at least 1");
        require(silenceMillis > pingIntervalMillis, "silenceMillis", "be longer than pingIntervalMillis");
        require(banMillis >= 0, "banMillis", "not be negative");
    }

    /** Most links that others dialled: an eighth of all places, at least one of several, stays with whom this node dials. */
    int maxInbound() {
        return maxPeers == 1 ? 1 : maxPeers - Math.max(1, maxPeers / 8);
    }

    /** The same with other numbers of connections. */
    public PeerLimits withPeers(int newMaxPeers, int newMaxOutbound, int newMaxPerAddress) {
        return new PeerLimits(
                newMaxPeers,
                newMaxOutbound,
                newMaxPerAddress,
                writeQueueBytes,
                inFlightMessages,
                inFlightBytes,
                receiveBytes,
                sendBytes,
                workPerSecond,
                connectTimeoutMillis,
                handshakeTimeoutMillis,
                pingIntervalMillis,
                silenceMillis,
                banMillis);
    }

    /** The same with other times. */
    PeerLimits withTimes(int newHandshakeTimeoutMillis, int newPingIntervalMillis, int newSilenceMillis) {
        return new PeerLimits(
                maxPeers,
                maxOutbound,
                maxPerAddress,
                writeQueueBytes,
                inFlightMessages,
                inFlightBytes,
                receiveBytes,
                sendBytes,
                workPerSecond,
                connectTimeoutMillis,
                newHandshakeTimeoutMillis,
                newPingIntervalMillis,
                newSilenceMillis,
                banMillis);
    }

    /** The same with other bounds on memory and work. */
    PeerLimits withBudgets(
            int newInFlightMessages, long newInFlightBytes, long newReceiveBytes, long newSendBytes, int newWork) {
        return new PeerLimits(
                maxPeers,
                maxOutbound,
                maxPerAddress,
                writeQueueBytes,
                newInFlightMessages,
                newInFlightBytes,
                newReceiveBytes,
                newSendBytes,
                newWork,
                connectTimeoutMillis,
                handshakeTimeoutMillis,
                pingIntervalMillis,
                silenceMillis,
                banMillis);
    }

    private static void requireFrame(long bytes, String name) {
        require(
                bytes >= MessageLimits.MAX_FRAME_BYTES + Integer.BYTES,
                name,
                "hold the largest frame, " + MessageLimits.MAX_FRAME_BYTES + " bytes");
    }

    private static void require(boolean holds, String name, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(name + " must " + rule);
        }
    }
}
