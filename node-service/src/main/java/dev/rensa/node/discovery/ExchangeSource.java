package dev.rensa.node.discovery;

import dev.rensa.node.peer.NodeKey;
import dev.rensa.node.peer.PeerAddress;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/**
 * Addresses that connected nodes told of. They are hearsay: each teller has its own few places, so that nobody can crowd out
 * what others told, and what is not told again is forgotten. Safe for use by several threads.
 */
public final class ExchangeSource implements CandidateSource {

    /** Addresses that are remembered; the one that was told longest ago makes room. */
    static final int MAX_ADDRESSES = 1_024;

    /** Addresses that are remembered of one teller; its own oldest makes room. */
    static final int MAX_PER_TELLER = 64;

    /** How long an address is remembered that nobody tells again. */
    static final long FORGET_MILLIS = 3 * 3_600_000L;

    private final InstantSource clock;
    private final Predicate<PeerAddress> isSelf;
    private final Map<PeerAddress, Told> told = new LinkedHashMap<>();

    private record Told(NodeKey by, long atMillis) {}

    /** Takes what is left out: addresses at which this node itself listens. */
    public ExchangeSource(InstantSource clock, Predicate<PeerAddress> isSelf) {
        this.clock = clock;
        this.isSelf = isSelf;
    }

    /** Remembers addresses. From any thread. */
    public synchronized void learned(NodeKey by, List<PeerAddress> addresses) {
        long now = clock.millis();
        Map<NodeKey, Integer> counts = new HashMap<>();
        told.values().forEach(each -> counts.merge(each.by(), 1, Integer::sum));
        int own = counts.getOrDefault(by, 0);
        for (PeerAddress address : addresses) {
            if (isSelf.test(address)) {
                continue;
            }
            Told before = told.remove(address);
            if (before != null) {
                // Whoever told of it first keeps the place, so that repeating others' words takes nothing from them.
                told.put(address, new Told(before.by(), now));
                continue;
            }
            if (own >= MAX_PER_TELLER) {
                removeOldestOf(by);
            } else {
                own++;
            }
            told.put(address, new Told(by, now));
        }
        while (told.size() > MAX_ADDRESSES) {
            told.remove(told.keySet().iterator().next());
        }
    }

    @Override
    public String name() {
        return "exchange";
    }

    @Override
    public synchronized CompletionStage<List<PeerAddress>> find(Predicate<PeerAddress> leaveOut) {
        long now = clock.millis();
        told.values().removeIf(each -> now - each.atMillis() > FORGET_MILLIS);
        return CompletableFuture.completedFuture(
                told.keySet().stream().filter(leaveOut.negate()).toList());
    }

    private void removeOldestOf(NodeKey teller) {
        for (Iterator<Told> each = told.values().iterator(); each.hasNext(); ) {
            if (each.next().by().equals(teller)) {
                each.remove();
                return;
            }
        }
    }
}
