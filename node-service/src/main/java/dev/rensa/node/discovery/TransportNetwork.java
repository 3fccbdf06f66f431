package dev.rensa.node.discovery;

import dev.rensa.node.peer.DialOutcome;
import dev.rensa.node.peer.PeerAddress;
import dev.rensa.node.peer.PeerLink;
import dev.rensa.node.peer.PeerTransport;
import dev.rensa.protocol.verdict.Rejection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The connections of a transport as discovery sees them. */
public record TransportNetwork(PeerTransport transport) implements Discovery.Network {

    @Override
    public CompletionStage<DialOutcome> dial(PeerAddress address) {
        return transport.dial(address);
    }

    @Override
    public CompletionStage<DialOutcome> feel(PeerAddress address) {
        return transport.feel(address);
    }

    @Override
    public List<PeerLink> links() {
        return transport.links();
    }

    @Override
    public int freePlaces() {
        return transport.freePlaces();
    }

    @Override
    public Optional<Rejection> noPlace() {
        return transport.noPlace();
    }
}
