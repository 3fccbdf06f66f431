package dev.rensa.node.discovery;

import dev.rensa.node.peer.AddressGroups;
import dev.rensa.node.peer.NodeKey;
import dev.rensa.node.peer.PeerAddress;
import dev.rensa.node.peer.PeerInfo;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/**
 * Addresses that connected nodes told of. They are hearsay: each teller has its own few places, and when all are taken the
 * network of neighbours gives way whose nodes told the most, for keys cost nothing and addresses in many networks do. What is not
 * told again is forgotten. Safe for use by several threads.
 */
public final class ExchangeSource implements CandidateSource {

    /** Addresses that are remembered; the oldest of the network that told the most makes room. */
    static final int MAX_ADDRESSES = 1_024;

    /** Addresses that are remembered of one teller; its own oldest makes room. */
    static final int MAX_PER_TELLER = 64;

    /** How long an address is remembered that nobody tells again. */
    static final long FORGET_MILLIS = 3 * 3_600_000L;

    private final InstantSource clock;
    private final Predicate<PeerAddress> isSelf;
    private final Map<PeerAddress, Told> told = new LinkedHashMap<>();

    /** What each teller told, the oldest first. */
    private final Map<NodeKey, Set<PeerAddress>> byTeller = new HashMap<>();

    /** The same of each network of tellers. */
    private final Map<String, Set<PeerAddress>> byGroup = new HashMap<>();

    private record Told(NodeKey by, String group, long atMillis) {}

    /** Takes what is left out: addresses at which this node itself listens. */
    public ExchangeSource(InstantSource clock, Predicate<PeerAddress> isSelf) {
        this.clock = clock;
        this.isSelf = isSelf;
    }

    /** Remembers addresses that a peer told of. From any thread. */
    public synchronized void learned(PeerInfo by, List<PeerAddress> addresses) {
        String group = AddressGroups.of(by.remoteAddress().host());
        long now = clock.millis();
        for (PeerAddress address : addresses) {
            Told before = told.get(address);
            // Whoever told of it first keeps the place, so that repeating others' words takes nothing from them.
            Told after = before == null ? new Told(by.key(), group, now) : new Told(before.by(), before.group(), now);
            forget(address);
            if (before == null && tellerOf(after).size() >= MAX_PER_TELLER) {
                forget(tellerOf(after).iterator().next());
            }
            remember(address, after);
        }
        while (told.size() > MAX_ADDRESSES) {
            forget(fullest().iterator().next());
        }
    }

    @Override
    public String name() {
        return "exchange";
    }

    @Override
    public CompletionStage<List<PeerAddress>> find(Predicate<PeerAddress> leaveOut) {
        // Asking the machine for its addresses takes a while, in which the writer must not wait to tell of others.
        return CompletableFuture.completedFuture(
                remembered().stream().filter(leaveOut.or(isSelf).negate()).toList());
    }

    private synchronized List<PeerAddress> remembered() {
        long now = clock.millis();
        List<PeerAddress> old = new ArrayList<>();
        told.forEach((address, word) -> {
            if (now - word.atMillis() > FORGET_MILLIS) {
                old.add(address);
            }
        });
        old.forEach(this::forget);
        return List.copyOf(told.keySet());
    }

    private void remember(PeerAddress address, Told word) {
        told.put(address, word);
        byTeller.computeIfAbsent(word.by(), _ -> new LinkedHashSet<>()).add(address);
        byGroup.computeIfAbsent(word.group(), _ -> new LinkedHashSet<>()).add(address);
    }

    private void forget(PeerAddress address) {
        Told word = told.remove(address);
        if (word != null) {
            removeFrom(byTeller, word.by(), address);
            removeFrom(byGroup, word.group(), address);
        }
    }

    private static <K> void removeFrom(Map<K, Set<PeerAddress>> sets, K key, PeerAddress address) {
        sets.computeIfPresent(key, (_, set) -> {
            set.remove(address);
            return set.isEmpty() ? null : set;
        });
    }

    private Set<PeerAddress> tellerOf(Told word) {
        return byTeller.getOrDefault(word.by(), Set.of());
    }

    private Set<PeerAddress> fullest() {
        return byGroup.values().stream()
                .max(Comparator.comparingInt(Set::size))
                .orElseThrow(() -> new IllegalStateException("each address has a teller"));
    }
}
