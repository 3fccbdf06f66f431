package dev.rensa.node.app;

import dev.rensa.node.api.NetworkReport;
import dev.rensa.node.discovery.Candidate;
import dev.rensa.node.peer.NodeKey;
import dev.rensa.node.peer.PeerStatus;
import dev.rensa.node.snapshot.SnapshotProgress;
import dev.rensa.node.sync.PeerTip;
import dev.rensa.node.sync.SyncProgress;
import dev.rensa.protocol.api.PeersView.CandidateView;
import dev.rensa.protocol.api.PeersView.PeerView;
import dev.rensa.protocol.verdict.Rejection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Joins what the transport, the synchroniser and discovery know of other nodes. */
final class NetworkWatch implements NetworkReport {

    private final RunningNode node;

    NetworkWatch(RunningNode node) {
        this.node = node;
    }

    @Override
    public SnapshotProgress snapshot() {
        return node.core.snapshot();
    }

    @Override
    public SyncProgress progress() {
        return node.core.progress();
    }

    @Override
    public int maxPeers() {
        return node.transport.maxPeers();
    }

    @Override
    public int connected() {
        return node.transport.links().size();
    }

    @Override
    public List<PeerView> peers() {
        Map<NodeKey, PeerTip> tips = node.core.peers().stream()
                .collect(Collectors.toMap(peer -> peer.link().key(), Function.identity(), (first, second) -> second));
        return node.transport.peers().stream()
                .map(peer -> view(peer, tips.get(peer.info().key())))
                .toList();
    }

    @Override
    public List<CandidateView> candidates() {
        return node.search.candidates().stream().map(this::view).toList();
    }

    private static PeerView view(PeerStatus peer, @Nullable PeerTip tip) {
        return new PeerView(
                peer.info().key().toString(),
                peer.info().name(),
                peer.info().remoteAddress().toString(),
                peer.info().outbound() ? "outbound" : "inbound",
                peer.connectedSinceMillis(),
                tip == null ? peer.info().height() : tip.height(),
                tip == null ? peer.info().tip().toHex() : tip.tip().toHex(),
                tip == null ? peer.info().work().toString() : tip.work().toString(),
                peer.latencyMillis().isPresent() ? peer.latencyMillis().getAsDouble() : null,
                peer.bytesIn(),
                peer.bytesOut(),
                peer.score());
    }

    private CandidateView view(Candidate candidate) {
        Optional<Rejection> why = whyNot(candidate);
        return new CandidateView(
                candidate.address().toString(),
                candidate.source(),
                candidate.state().name().toLowerCase(Locale.ROOT),
                candidate.nodeKey().map(NodeKey::toString).orElse(null),
                why.map(rejection -> rejection.reason().code()).orElse(null),
                why.map(Rejection::detail).orElse(null),
                orNull(candidate.lastAttemptMillis()),
                orNull(candidate.nextAttemptMillis()));
    }

    /** A cut is known before the next dial meets it. */
    private Optional<Rejection> whyNot(Candidate candidate) {
        Optional<Rejection> cut = candidate.nodeKey().flatMap(key -> node.lab.flatMap(lab -> lab.judge(key)));
        return candidate.state() == Candidate.State.CONNECTED ? Optional.empty() : cut.or(candidate::rejection);
    }

    private static @Nullable Long orNull(OptionalLong millis) {
        return millis.isPresent() ? millis.getAsLong() : null;
    }
}
