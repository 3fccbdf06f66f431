package dev.rensa.explorer.observe;

import dev.rensa.protocol.api.StatusView;
import dev.rensa.protocol.crypto.BlockHash;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One node as it was last seen.
 *
 * @param url where it answers, or was looked for
 * @param reported what it last said of itself, absent before its first answer
 * @param reachable whether it answered the last time it was asked
 * @param trouble why it is not reachable, a sentence; absent when it is
 * @param firstSeenMillis its first answer to this explorer, 0 before it
 * @param lastSeenMillis its last answer, 0 before the first; milliseconds since 1970-01-01 UTC
 * @param latencyMillis how long that answer took
 * @param clockOffsetMillis how far its clock is ahead of this explorer's, about
 * @param events whether its event stream is open; otherwise it is polled alone
 */
public record NodeView(
        URI url,
        @Nullable Report reported,
        boolean reachable,
        @Nullable String trouble,
        long firstSeenMillis,
        long lastSeenMillis,
        double latencyMillis,
        long clockOffsetMillis,
        boolean events) {

    /**
     * A status whose form has been checked.
     *
     * @param status as the node sent it
     * @param network block 0's hash, which names the network
     */
    public record Report(StatusView status, BlockHash network, Head head) {}

    /** A place that has not answered yet. */
    static NodeView unknown(URI url, String trouble) {
        return new NodeView(url, null, false, trouble, 0, 0, 0, 0, false);
    }

    /** What it last said of itself; empty before its first answer. */
    public Optional<Report> report() {
        return Optional.ofNullable(reported);
    }

    /** The node's key, by which it is recognised wherever it answers; its address while the key is not known. */
    public String identity() {
        return reported == null ? url.toString() : reported.status().nodeKey();
    }

    /** Whether it answered last time and belongs to the network. */
    public boolean isReachableOn(BlockHash network) {
        return reachable && reported != null && reported.network().equals(network);
    }

    /** The same view of a node that was met earlier, elsewhere; 0 says that it was not. */
    NodeView knownSince(long millis) {
        return millis == 0 || (firstSeenMillis != 0 && firstSeenMillis <= millis)
                ? this
                : new NodeView(
                        url,
                        reported,
                        reachable,
                        trouble,
                        millis,
                        lastSeenMillis,
                        latencyMillis,
                        clockOffsetMillis,
                        events);
    }

    /** The same view of a node that no longer answers. */
    NodeView lost(String reason) {
        return new NodeView(
                url, reported, false, reason, firstSeenMillis, lastSeenMillis, latencyMillis, clockOffsetMillis, false);
    }
}
