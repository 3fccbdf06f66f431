package dev.rensa.node.lab;

import dev.rensa.node.peer.Message;
import dev.rensa.node.peer.NodeKey;
import dev.rensa.node.peer.PeerEvents;
import dev.rensa.node.peer.PeerLink;
import dev.rensa.node.peer.Timers;
import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.verdict.RejectionReason;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import java.util.random.RandomGenerator;

/**
 * Faults of a node's own links, by node key, as they stand. It lies between the transport and the node's logic, so whatever
 * carries the messages, the logic meets the faults. They end with the process. Methods belong to the writer thread, but for
 * those that say otherwise.
 */
public final class Lab implements PeerEvents {

    /** Links that are disturbed at a time: more than any node has. */
    public static final int MAX_FAULTS = 1_024;

    /** Bytes that are held back on all links together. */
    static final long MAX_HELD_BYTES = 32L << 20;

    private static final Rejection CUT =
            new Rejection(RejectionReason.CUT_BY_LAB, "the lab of this node has cut the link: heal it (/lab/links)");

    private final PeerEvents node;
    private final InstantSource clock;
    private final Timers timers;
    private final LongFunction<RandomGenerator> randomness;
    private final Runnable whenHealed;
    private final HeldBytes held = new HeldBytes(MAX_HELD_BYTES);
    private final IdentityHashMap<PeerLink, FaultyLink> links = new IdentityHashMap<>();

    /** Replaced as a whole by the writer. */
    private volatile Map<NodeKey, StandingFault> faults = Map.of();

    /**
     * A lab in which nothing is disturbed.
     *
     * @param node who is told what the transport tells
     * @param clock wall-clock time
     * @param randomness a generator for a seed
     * @param whenHealed told when links may have become possible again
     */
    public Lab(
            PeerEvents node,
            InstantSource clock,
            Timers timers,
            LongFunction<RandomGenerator> randomness,
            Runnable whenHealed) {
        this.node = node;
        this.clock = clock;
        this.timers = timers;
        this.randomness = randomness;
        this.whenHealed = whenHealed;
    }

    /** What stands, in the order in which it was ordered. From any thread. */
    public Map<NodeKey, StandingFault> faults() {
        return faults;
    }

    /** Why there may be no link to that node; empty if there may. From any thread. */
    public Optional<Rejection> judge(NodeKey key) {
        StandingFault standing = faults.get(key);
        return standing != null && standing.fault().cut() ? Optional.of(CUT) : Optional.empty();
    }

    /**
     * Disturbs the links to some nodes, connected or not, in place of what disturbed them before.
     *
     * @param forMillis how long; until it is healed if empty
     * @return why nothing was done; empty if it was
     */
    public Optional<Rejection> disturb(Collection<NodeKey> keys, LinkFault fault, OptionalLong forMillis) {
        OptionalLong until =
                forMillis.isPresent() ? OptionalLong.of(clock.millis() + forMillis.getAsLong()) : OptionalLong.empty();
        StandingFault standing = new StandingFault(fault, until);
        Map<NodeKey, StandingFault> next = new LinkedHashMap<>(faults);
        keys.forEach(key -> next.put(key, standing));
        if (next.size() > MAX_FAULTS) {
            return Optional.of(new Rejection(
                    RejectionReason.SENDER_LIMIT,
                    "the lab disturbs " + MAX_FAULTS + " links at most; heal some of them first"));
        }
        stand(next);
        forMillis.ifPresent(millis -> timers.after(millis, () -> expire(keys, standing)));
        return Optional.empty();
    }

    /** Heals the link to one node. */
    public void heal(NodeKey key) {
        Map<NodeKey, StandingFault> next = new LinkedHashMap<>(faults);
        next.remove(key);
        stand(next);
    }

    /** Heals all links. */
    public void healAll() {
        stand(Map.of());
    }

    private void expire(Collection<NodeKey> keys, StandingFault standing) {
        Map<NodeKey, StandingFault> next = new LinkedHashMap<>(faults);
        keys.forEach(key -> next.computeIfPresent(key, (_, now) -> now.equals(standing) ? null : now));
        stand(next);
    }

    private void stand(Map<NodeKey, StandingFault> next) {
        Map<NodeKey, StandingFault> before = faults;
        faults = Collections.unmodifiableMap(next);
        links.values().stream()
                .filter(link -> !Objects.equals(before.get(link.key()), next.get(link.key())))
                .toList()
                .forEach(this::apply);
        if (before.entrySet().stream().anyMatch(each -> each.getValue().fault().cut() && !isCut(each.getKey()))) {
            whenHealed.run();
        }
    }

    private boolean isCut(NodeKey key) {
        return judge(key).isPresent();
    }

    private void apply(FaultyLink link) {
        link.suffer(faultOf(link.key()));
        judge(link.key()).ifPresent(link::disconnect);
    }

    private LinkFault faultOf(NodeKey key) {
        StandingFault standing = faults.get(key);
        return standing == null ? LinkFault.NONE : standing.fault();
    }

    @Override
    public void connected(PeerLink link) {
        FaultyLink faulty = new FaultyLink(link, clock, timers, randomness, held);
        faulty.suffer(faultOf(link.key()));
        links.put(link, faulty);
        node.connected(faulty);
        // It may have been admitted just before the order came.
        judge(link.key()).ifPresent(faulty::disconnect);
    }

    @Override
    public void received(PeerLink link, Message message) {
        FaultyLink faulty = links.get(link);
        if (faulty != null) {
            node.received(faulty, message);
        }
    }

    @Override
    public void disconnected(PeerLink link, Rejection rejection) {
        FaultyLink faulty = links.remove(link);
        if (faulty != null) {
            faulty.end();
            node.disconnected(faulty, rejection);
        }
    }
}
