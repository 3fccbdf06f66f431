package dev.rensa.node.discovery;

import dev.rensa.node.peer.DialOutcome;
import dev.rensa.node.peer.NodeKey;
import dev.rensa.node.peer.PeerAddress;
import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.verdict.RejectionReason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Every address that was found lately and what became of it. Safe for use by several threads.
 *
 * <p>When an address is dialled again: at the next run if nobody answered, for a node that starts must be found soon; after
 * ever longer pauses, up to {@link #MAX_PAUSE_MILLIS}, if somebody answered and refused, for that seldom changes; not for an
 * hour if it is this node itself. An address whose node is connected by another one is asked again now and then, because
 * addresses change owners.
 */
final class CandidateTable {

    /** The oldest address makes room. */
    static final int MAX_CANDIDATES = 4_096;

    static final long MAX_PAUSE_MILLIS = 300_000;
    static final long SELF_PAUSE_MILLIS = 3_600_000;

    /** An address that no source has named for so long is forgotten. */
    static final long FORGET_MILLIS = 600_000;

    private final long intervalMillis;
    private final Map<PeerAddress, Entry> entries = new LinkedHashMap<>();

    private record Entry(
            String source,
            long lastSeenMillis,
            boolean dialing,
            Optional<NodeKey> nodeKey,
            Optional<Rejection> rejection,
            OptionalLong lastAttemptMillis,
            int refusals,
            long nextAttemptMillis) {

        Entry seen(long nowMillis) {
            return new Entry(
                    source, nowMillis, dialing, nodeKey, rejection, lastAttemptMillis, refusals, nextAttemptMillis);
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

    CandidateTable(long intervalMillis) {
        this.intervalMillis = intervalMillis;
    }

    /** A source named the address. */
    synchronized void found(PeerAddress address, String source, long nowMillis) {
        Entry present = entries.get(address);
        if (present != null) {
            entries.put(address, present.seen(nowMillis));
            return;
        }
        if (entries.size() >= MAX_CANDIDATES) {
            entries.remove(entries.keySet().iterator().next());
        }
        entries.put(
                address,
                new Entry(
                        source,
                        nowMillis,
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        OptionalLong.empty(),
                        0,
                        nowMillis));
    }

    /** Whether the address should be left in peace at present. */
    synchronized boolean isAtRest(PeerAddress address, Connected connected, long nowMillis) {
        Entry entry = entries.get(address);
        return connected.byAddress().containsKey(address)
                || (entry != null && !isDue(address, entry, connected, nowMillis));
    }

    /** Takes the addresses that should be dialled now and marks them as being dialled. */
    synchronized List<PeerAddress> takeDue(Connected connected, long nowMillis) {
        List<PeerAddress> due = new ArrayList<>();
        for (Map.Entry<PeerAddress, Entry> each : entries.entrySet()) {
            NodeKey reached = connected.byAddress().get(each.getKey());
            if (reached != null) {
                each.setValue(each.getValue().known(reached).seen(nowMillis));
            } else if (isDue(each.getKey(), each.getValue(), connected, nowMillis)) {
                each.setValue(each.getValue().dialled(nowMillis));
                due.add(each.getKey());
            }
        }
        return due;
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
            case UNREACHABLE, TIMED_OUT, SHUTTING_DOWN, ALREADY_CONNECTED -> entry.refused(why, key, 0, nowMillis);
            case SELF_CONNECTION -> entry.refused(why, key, 0, nowMillis + SELF_PAUSE_MILLIS);
            default -> {
                int refusals = entry.refusals() + 1;
                int doublings = Math.min(refusals - 1, 30);
                long pause = Math.min(MAX_PAUSE_MILLIS, intervalMillis << doublings);
                yield entry.refused(why, key, refusals, nowMillis + pause);
            }
        };
    }

    /** Drops what no source names any more, unless its pause still has to be remembered. Nothing is being dialled now. */
    synchronized void endRun(Connected connected, long nowMillis) {
        entries.entrySet()
                .removeIf(each -> nowMillis - each.getValue().lastSeenMillis() > FORGET_MILLIS
                        && nowMillis >= each.getValue().nextAttemptMillis()
                        && !isConnected(each.getKey(), each.getValue(), connected));
        entries.replaceAll((_, entry) -> entry.atRest());
    }

    synchronized List<Candidate> candidates(Connected connected) {
        List<Candidate> list = new ArrayList<>(entries.size());
        entries.forEach((address, entry) -> list.add(candidate(address, entry, connected)));
        return list;
    }

    private static Candidate candidate(PeerAddress address, Entry entry, Connected connected) {
        Optional<NodeKey> key =
                Optional.ofNullable(connected.byAddress().get(address)).or(entry::nodeKey);
        if (isConnected(address, entry, connected)) {
            return new Candidate(
                    address,
                    entry.source(),
                    Candidate.State.CONNECTED,
                    key,
                    Optional.empty(),
                    entry.lastAttemptMillis());
        }
        boolean waits = entry.dialing() || entry.lastAttemptMillis().isEmpty();
        Optional<Rejection> why = entry.rejection();
        if (!waits && why.isEmpty()) {
            why = Optional.of(new Rejection(
                    RejectionReason.UNREACHABLE, "the connection has ended; the next run dials the address again"));
        }
        return new Candidate(
                address,
                entry.source(),
                waits ? Candidate.State.CONNECTING : Candidate.State.REFUSED,
                key,
                why,
                entry.lastAttemptMillis());
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
