package dev.rensa.node.discovery;

import dev.rensa.node.peer.PeerAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** Addresses that connected nodes told of. They are hearsay: the oldest are forgotten when there are too many. */
public final class ExchangeSource implements CandidateSource {

    /** Addresses that are remembered. */
    static final int MAX_ADDRESSES = 1_024;

    private final LinkedHashSet<PeerAddress> addresses = new LinkedHashSet<>();

    /** Remembers addresses. From any thread. */
    public synchronized void learned(List<PeerAddress> told) {
        addresses.addAll(told);
        while (addresses.size() > MAX_ADDRESSES) {
            addresses.removeFirst();
        }
    }

    @Override
    public String name() {
        return "exchange";
    }

    @Override
    public synchronized CompletionStage<List<PeerAddress>> find(Predicate<PeerAddress> leaveOut) {
        return CompletableFuture.completedFuture(
                addresses.stream().filter(leaveOut.negate()).toList());
    }
}
