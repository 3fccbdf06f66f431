package dev.rensa.node.discovery;

import dev.rensa.node.peer.DialOutcome;
import dev.rensa.node.peer.NodeKey;
import dev.rensa.node.peer.PeerAddress;
import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.verdict.RejectionReason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Every address that was found lately and what became of it. Safe for use by several threads.
 *
 * <p>When an address is dialled again: at the next run if nobody answered and the operator's own sources name it, for a node
 * that starts must be found soon; after ever longer pauses, up to {@link #MAX_PAUSE_MILLIS} and a quarter by chance, if
 * somebody answered and refused, for that seldom changes, or if only others' word speaks for it; not for an hour if it is this
 * node itself. An address whose node is connected by another one is asked again now and then, because
 * addresses change owners.
 */
final class CandidateTable {

    /** The one that was named longest ago makes room, of others' word first. */
    static final int MAX_CANDIDATES = 4_096;

    static final long MAX_PAUSE_MILLIS = 300_000;
    static final long SELF_PAUSE_MILLIS = 3_600_000;

    /** An address that no source has named for so long is forgotten. */
    static final long FORGET_MILLIS = 600_000;

    /** Names of sources whose addresses are others' word, or old. */
    private static final Set<String> UNSURE = Set.of("exchange", "remembered");

    private final long intervalMillis;
    private final RandomGenerator random;
    /** The one that was named longest ago first. */
    private final Map<PeerAddress, Entry> entries = new LinkedHashMap<>();

    /** Those of the entries that only others' word or the past speaks for, in the same order. */
    private final Set<PeerAddress> unsure = new LinkedHashSet<>();

    private record Entry(
            String source,
            long lastSeenMillis,
            boolean dialing,
            Optional<NodeKey> nodeKey,
            Optional<Rejection> rejection,
            OptionalLong lastAttemptMillis,
            int refusals,
            long nextAttemptMillis) {

        static Entry fresh(String source, long nowMillis) {
            return new Entry(
                    source, nowMillis, false, Optional.empty(), Optional.empty(), OptionalLong.empty(), 0, nowMillis);
        }

        Entry seen(String by, long nowMillis) {
            // What the operator's own sources name is theirs, whoever named it first.
            String better = UNSURE.contains(source) ? by : source;
            return new Entry(
                    better, nowMillis, dialing, nodeKey, rejection, lastAttemptMillis, refusals, nextAttemptMillis);
        }

        Entry dialled(long nowMillis) {
            return new Entry(
                    source,
                    lastSeenMillis,
                    true,
                    nodeKey,
                    rejection,
                    OptionalLong.of(nowMillis),
                    refusals,
                    nextAttemptMillis);
        }

        Entry atRest() {
            return new Entry(
                    source, lastSeenMillis, false, nodeKey, rejection, lastAttemptMillis, refusals, nextAttemptMillis);
        }

        Entry known(NodeKey key) {
            return new Entry(
                    source,
                    lastSeenMillis,
                    false,
                    Optional.of(key),
                    Optional.empty(),
                    lastAttemptMillis,
                    0,
                    lastAttemptMillis.orElse(lastSeenMillis));
        }

        Entry refused(Rejection why, Optional<NodeKey> key, int newRefusals, long newNextAttemptMillis) {
            return new Entry(
                    source,
                    lastSeenMillis,
                    false,
                    key,
                    Optional.of(why),
                    lastAttemptMillis,
                    newRefusals,
                    newNextAttemptMillis);
        }
    }

    CandidateTable(long intervalMillis, RandomGenerator random) {
        this.intervalMillis = intervalMillis;
        this.random = random;
    }

    /** A source named the address. */
    synchronized void found(PeerAddress address, String source, long nowMillis) {
        Entry present = entries.remove(address);
        unsure.remove(address);
        if (present != null) {
            put(address, present.seen(source, nowMillis));
        } else if (entries.size() < MAX_CANDIDATES || makesRoomFor(source)) {
            put(address, Entry.fresh(source, nowMillis));
        }
    }

    private void put(PeerAddress address, Entry entry) {
        entries.put(address, entry);
        if (UNSURE.contains(entry.source())) {
            unsure.add(address);
        }
    }

    /** Whether one address leaves; what the operator names does not leave for what others tell. */
    private boolean makesRoomFor(String source) {
        if (unsure.isEmpty() && UNSURE.contains(source)) {
            return false;
        }
        PeerAddress oldest =
                (unsure.isEmpty() ? entries.keySet() : unsure).iterator().next();
        entries.remove(oldest);
        unsure.remove(oldest);
        return true;
    }

    /** Whether the address should be left in peace at present. */
    synchronized boolean isAtRest(PeerAddress address, Connected connected, long nowMillis) {
        Entry entry = entries.get(address);
        return connected.byAddress().containsKey(address)
                || (entry != null && !isDue(address, entry, connected, nowMillis));
    }

    /** Notes who is connected, and gives the addresses that may be dialled now, connected nodes' further addresses apart. */
    synchronized Due due(Connected connected, long nowMillis) {
        List<DialOrder.Due> open = new ArrayList<>();
        List<PeerAddress> further = new ArrayList<>();
        for (Map.Entry<PeerAddress, Entry> each : entries.entrySet()) {
            PeerAddress address = each.getKey();
            Entry entry = each.getValue();
            NodeKey reached = connected.byAddress().get(address);
            if (reached != null) {
                each.setValue(entry.known(reached).seen(entry.source(), nowMillis));
            } else if (isDue(address, entry, connected, nowMillis)) {
                if (isConnected(address, entry, connected)) {
                    further.add(address);
                } else {
                    open.add(new DialOrder.Due(address, entry.source().equals("exchange")));
                }
            }
        }
        return new Due(open, further);
    }

    /**
     * What may be dialled.
     *
     * @param open addresses whose nodes are not connected
     * @param further addresses that led to nodes which are connected by another one
     */
    record Due(List<DialOrder.Due> open, List<PeerAddress> further) {}

    synchronized void dialBegins(PeerAddress address, long nowMillis) {
        entries.computeIfPresent(address, (_, entry) -> entry.dialled(nowMillis));
    }

    synchronized void dialEnded(PeerAddress address, DialOutcome outcome, long nowMillis) {
        Entry entry = entries.get(address);
        if (entry == null) {
            return;
        }
        entries.put(
                address,
                switch (outcome) {
                    case DialOutcome.Connected(NodeKey key) -> entry.known(key);
                    case DialOutcome.Refused(Rejection why, Optional<NodeKey> key) ->
                        why.reason() == RejectionReason.ALREADY_CONNECTED && key.isPresent()
                                ? entry.known(key.get())
                                : refused(entry, why, key, nowMillis);
                });
    }

    private Entry refused(Entry entry, Rejection why, Optional<NodeKey> key, long nowMillis) {
        return switch (why.reason()) {
            case UNREACHABLE, TIMED_OUT, SHUTTING_DOWN, ALREADY_CONNECTED ->
                UNSURE.contains(entry.source())
                        ? backingOff(entry, why, key, nowMillis)
                        : entry.refused(why, key, 0, nowMillis);
            // Whoever heals a link wants to see it at once.
            case CUT_BY_LAB -> entry.refused(why, key, 0, nowMillis);
            case SELF_CONNECTION -> entry.refused(why, key, 0, nowMillis + SELF_PAUSE_MILLIS);
            default -> backingOff(entry, why, key, nowMillis);
        };
    }

    /** Chance keeps nodes that were refused together from coming back together. */
    private Entry backingOff(Entry entry, Rejection why, Optional<NodeKey> key, long nowMillis) {
        int refusals = entry.refusals() + 1;
        int doublings = Math.min(refusals - 1, 30);
        long pause = Math.min(MAX_PAUSE_MILLIS, intervalMillis << doublings);
        return entry.refused(why, key, refusals, nowMillis + pause + random.nextLong(pause / 4 + 1));
    }

    /** Drops what no source names any more, unless its pause still has to be remembered. Nothing is being dialled now. */
    synchronized void endRun(Connected connected, long nowMillis) {
        entries.entrySet()
                .removeIf(each -> nowMillis - each.getValue().lastSeenMillis() > FORGET_MILLIS
                        && nowMillis >= each.getValue().nextAttemptMillis()
                        && !isConnected(each.getKey(), each.getValue(), connected));
        unsure.retainAll(entries.keySet());
        entries.replaceAll((_, entry) -> entry.atRest());
    }

    /** What became of each; {@code noPlace} is why one that was not dialled yet waits, if all places are taken. */
    synchronized List<Candidate> candidates(Connected connected, Optional<Rejection> noPlace, long nowMillis) {
        List<Candidate> list = new ArrayList<>(entries.size());
        entries.forEach((address, entry) -> list.add(candidate(address, entry, connected, noPlace, nowMillis)));
        return list;
    }

    private static Candidate candidate(
            PeerAddress address, Entry entry, Connected connected, Optional<Rejection> noPlace, long nowMillis) {
        Optional<NodeKey> key =
                Optional.ofNullable(connected.byAddress().get(address)).or(entry::nodeKey);
        if (isConnected(address, entry, connected)) {
            return new Candidate(
                    address,
                    entry.source(),
                    Candidate.State.CONNECTED,
                    key,
                    Optional.empty(),
                    entry.lastAttemptMillis(),
                    OptionalLong.empty());
        }
        boolean fresh = entry.lastAttemptMillis().isEmpty();
        boolean waits = entry.dialing() || (fresh && noPlace.isEmpty());
        Optional<Rejection> why = entry.rejection();
        if (!waits && why.isEmpty()) {
            why = noPlace.or(() -> Optional.of(new Rejection(
                    RejectionReason.UNREACHABLE, "the connection has ended; the next run dials the address again")));
        }
        return new Candidate(
                address,
                entry.source(),
                waits ? Candidate.State.CONNECTING : Candidate.State.REFUSED,
                key,
                why,
                entry.lastAttemptMillis(),
                waits || entry.nextAttemptMillis() <= nowMillis
                        ? OptionalLong.empty()
                        : OptionalLong.of(entry.nextAttemptMillis()));
    }

    private static boolean isConnected(PeerAddress address, Entry entry, Connected connected) {
        return connected.byAddress().containsKey(address)
                || entry.nodeKey().filter(connected.keys()::contains).isPresent();
    }

    private static boolean isDue(PeerAddress address, Entry entry, Connected connected, long nowMillis) {
        if (entry.dialing()) {
            return false;
        }
        return isConnected(address, entry, connected)
                ? nowMillis - entry.lastAttemptMillis().orElse(0) >= MAX_PAUSE_MILLIS
                : nowMillis >= entry.nextAttemptMillis();
    }
}
