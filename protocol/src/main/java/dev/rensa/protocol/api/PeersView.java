package dev.rensa.protocol.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is connected, and who is not and why.
 *
 * @param maxPeers the limit on connections
 * @param peers all of them
 * @param candidateCount all addresses that discovery knows; {@code candidates} is a page of them
 */
public record PeersView(int maxPeers, List<PeerView> peers, int candidateCount, List<CandidateView> candidates) {

    /**
     * A connected node.
     *
     * @param nodeKey its identity: a public key in hexadecimal; addresses come and go
     * @param address where the connection leads, host:port
     * @param direction {@code inbound} or {@code outbound}
     * @param work its cumulative work, a decimal number
     * @param latencyMillis last round trip, absent before the first
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record PeerView(
            String nodeKey,
            String name,
            String address,
            String direction,
            long connectedSinceMillis,
            long height,
            String tip,
            String work,
            @Nullable Double latencyMillis,
            long bytesIn,
            long bytesOut,
            int score) {}

    /**
     * An address that discovery found.
     *
     * @param source {@code probe}, {@code dns}, {@code static}, {@code multicast}, {@code exchange} or {@code remembered}
     * @param state {@code connected}, {@code connecting} or {@code refused}
     * @param code reason code why it is not a peer
     * @param nextAttemptMillis until when it is left in peace; absent if it may be dialled any time
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record CandidateView(
            String address,
            String source,
            String state,
            @Nullable String nodeKey,
            @Nullable String code,
            @Nullable String detail,
            @Nullable Long lastAttemptMillis,
            @Nullable Long nextAttemptMillis) {}
}
