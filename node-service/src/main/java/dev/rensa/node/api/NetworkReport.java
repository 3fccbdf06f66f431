package dev.rensa.node.api;

import dev.rensa.node.snapshot.SnapshotProgress;
import dev.rensa.node.sync.SyncProgress;
import dev.rensa.protocol.api.PeersView.CandidateView;
import dev.rensa.protocol.api.PeersView.PeerView;
import java.util.List;

/** What the node knows of others. From any thread. */
public interface NetworkReport {

    SyncProgress progress();

    /** How far joining from a snapshot has come. */
    SnapshotProgress snapshot();

    /** The limit on connections. */
    int maxPeers();

    /** How many are connected. */
    int connected();

    List<PeerView> peers();

    /** Addresses that discovery found, each with why it is or is not a peer. */
    List<CandidateView> candidates();
}
