package dev.rensa.node.discovery;

import dev.rensa.node.peer.PeerAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** Addresses from the configuration. Names among them are resolved when dialled. */
public final class StaticSource implements CandidateSource {

    private final List<PeerAddress> addresses;

    public StaticSource(List<PeerAddress> addresses) {
        this.addresses = List.copyOf(addresses);
    }

    @Override
    public String name() {
        return "static";
    }

    @Override
    public CompletionStage<List<PeerAddress>> find(Predicate<PeerAddress> leaveOut) {
        return CompletableFuture.completedFuture(
                addresses.stream().filter(leaveOut.negate()).toList());
    }
}
