package dev.rensa.node.discovery;

import dev.rensa.node.peer.AddressGroups;
import dev.rensa.node.peer.PeerAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * In which order candidates are dialled, so that nobody can choose a node's peers for it: what the operator's own sources
 * name and what others told come in turn, however much is told; among each, networks of neighbours come in turn, those with the
 * fewest outbound links first; within a network chance decides. Names that others told count as one network, and that comes
 * last: names cost nothing, and behind all of them may sit the same host.
 */
final class DialOrder {

    /** A candidate and whether only others' word speaks for it. */
    record Due(PeerAddress address, boolean hearsay) {}

    /** No host has such a name. */
    private static final String TOLD_NAMES = "(names)";

    private final RandomGenerator random;

    DialOrder(RandomGenerator random) {
        this.random = random;
    }

    /** All of the given candidates, best first. */
    List<PeerAddress> of(List<Due> due, List<PeerAddress> outbound) {
        Map<String, Integer> linked = new HashMap<>();
        outbound.forEach(address -> linked.merge(groupOf(address, false), 1, Integer::sum));
        Deque<PeerAddress> own = spread(due, false, linked);
        Deque<PeerAddress> hearsay = spread(due, true, linked);
        List<PeerAddress> order = new ArrayList<>(due.size());
        while (!own.isEmpty() || !hearsay.isEmpty()) {
            takeFirst(own, order);
            takeFirst(hearsay, order);
        }
        return order;
    }

    private static String groupOf(PeerAddress address, boolean hearsay) {
        String group = AddressGroups.of(address.host());
        return hearsay && group.equals(address.host()) ? TOLD_NAMES : group;
    }

    private static void takeFirst(Deque<PeerAddress> queue, List<PeerAddress> order) {
        PeerAddress first = queue.poll();
        if (first != null) {
            order.add(first);
        }
    }

    private Deque<PeerAddress> spread(List<Due> due, boolean hearsay, Map<String, Integer> linked) {
        Map<String, List<PeerAddress>> groups = new HashMap<>();
        for (Due each : due) {
            if (each.hearsay() == hearsay) {
                groups.computeIfAbsent(groupOf(each.address(), hearsay), _ -> new ArrayList<>())
                        .add(each.address());
            }
        }
        List<String> names = new ArrayList<>(groups.keySet());
        Collections.sort(names);
        Collections.shuffle(names, random);
        names.sort(Comparator.comparingInt(
                name -> name.equals(TOLD_NAMES) ? Integer.MAX_VALUE : linked.getOrDefault(name, 0)));
        names.forEach(name -> Collections.shuffle(groups.getOrDefault(name, List.of()), random));
        Deque<PeerAddress> order = new ArrayDeque<>();
        for (int round = 0; !names.isEmpty(); round++) {
            for (var each = names.iterator(); each.hasNext(); ) {
                List<PeerAddress> members = groups.getOrDefault(each.next(), List.of());
                if (round < members.size()) {
                    order.add(members.get(round));
                } else {
                    each.remove();
                }
            }
        }
        return order;
    }
}
