package dev.rensa.node.simulation;

import dev.rensa.protocol.verdict.Rejection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Who can reach whom, how fast, and who wants nothing to do with whom. */
final class Network {

    private static final long REDIAL_MILLIS = 1_000;
    private static final long BAN_MILLIS = 3_600_000;

    private final World world;
    private final Random random;
    private final List<Connection> connections = new ArrayList<>();
    private final Map<String, Integer> scores = new HashMap<>();
    private final Map<String, Long> bannedUntil = new HashMap<>();

    private int minLatencyMillis = 5;
    private int maxLatencyMillis = 80;
    private double fullLinks;
    private int degree = Integer.MAX_VALUE;
    private boolean mesh;

    /** Which group a node is in; nodes of different groups cannot talk. */
    private final Map<SimulatedNode, Integer> groups = new HashMap<>();

    Network(World world, Random random) {
        this.world = world;
        this.random = random;
    }

    Network latency(int min, int max) {
        minLatencyMillis = min;
        maxLatencyMillis = max;
        return this;
    }

    /** How often a link takes no more, though it is open. */
    Network fullLinks(double share) {
        fullLinks = share;
        return this;
    }

    /** How many others a node dials at most. */
    Network degree(int most) {
        degree = most;
        return this;
    }

    /** Everybody dials everybody. */
    Network mesh() {
        mesh = true;
        return this;
    }

    void start() {
        redial();
    }

    long latencyMillis() {
        return random.nextLong(minLatencyMillis, maxLatencyMillis + 1L);
    }

    boolean isFull() {
        return fullLinks > 0 && random.nextDouble() < fullLinks;
    }

    /** Cuts the network in two; connections between the halves break, at once or after some seconds of silence. */
    void partition() {
        world.trace().add("partition");
        for (SimulatedNode node : world.nodes()) {
            groups.put(node, random.nextInt(2));
        }
        for (Connection connection : List.copyOf(connections)) {
            if (!canTalk(connection.dialer(), connection.listener())) {
                connection.breakDown();
            }
        }
    }

    /** Cuts these nodes off from all others, also from those that are added later. */
    void separate(List<SimulatedNode> nodes) {
        nodes.forEach(node -> groups.put(node, 1));
        for (Connection connection : List.copyOf(connections)) {
            if (!canTalk(connection.dialer(), connection.listener())) {
                connection.breakDown();
            }
        }
    }

    void heal() {
        world.trace().add("heal");
        groups.clear();
    }

    /** Breaks one connection, whichever. */
    void breakOne() {
        List<Connection> open = connections.stream().filter(Connection::isOpen).toList();
        if (!open.isEmpty()) {
            open.get(random.nextInt(open.size())).breakDown();
        }
    }

    void nodeDied(SimulatedNode node) {
        connections.stream().filter(c -> c.touches(node)).forEach(Connection::breakDown);
    }

    void penalised(SimulatedNode by, SimulatedNode whom, int points, Rejection rejection) {
        if (!by.isHonest()) {
            // Who asks too much may well find the answers too many.
            return;
        }
        if (whom.isHonest()) {
            throw new AssertionError(by + " blames the honest " + whom + ": " + rejection);
        }
        if (scores.merge(by + ">" + whom, points, Integer::sum) >= 100) {
            scores.remove(by + ">" + whom);
            bannedUntil.put(by + ">" + whom, world.schedule().nowMillis() + BAN_MILLIS);
            connections.stream().filter(c -> c.joins(by, whom)).forEach(Connection::breakDown);
        }
    }

    boolean hasBanned(SimulatedNode by, SimulatedNode whom) {
        return world.schedule().nowMillis() < bannedUntil.getOrDefault(by + ">" + whom, 0L);
    }

    private boolean canTalk(SimulatedNode a, SimulatedNode b) {
        boolean apart = !groups.getOrDefault(a, 0).equals(groups.getOrDefault(b, 0));
        return !apart && !hasBanned(a, b) && !hasBanned(b, a) && !hasCut(a, b) && !hasCut(b, a);
    }

    private static boolean hasCut(SimulatedNode by, SimulatedNode whom) {
        return by.lab().judge(whom.key()).isPresent();
    }

    boolean isConnected(SimulatedNode a, SimulatedNode b) {
        return connections.stream().anyMatch(c -> c.isOpen() && c.joins(a, b));
    }

    private void redial() {
        connections.removeIf(Connection::isForgotten);
        List<SimulatedNode> nodes = world.nodes();
        for (int i = 0; i < nodes.size(); i++) {
            // A ring with chords: everyone is reached in few steps.
            for (int step = 1, dialed = 0;
                    step < nodes.size() && dialed < degree;
                    step = mesh || step < 3 ? step + 1 : step * 2) {
                dial(nodes.get(i), nodes.get((i + step) % nodes.size()));
                dialed++;
            }
        }
        world.schedule().after(REDIAL_MILLIS + random.nextLong(200), this::redial);
    }

    private void dial(SimulatedNode from, SimulatedNode to) {
        boolean possible = from != to && from.isUp() && to.isUp() && canTalk(from, to);
        if (possible && connections.stream().noneMatch(c -> c.joins(from, to))) {
            connections.add(new Connection(world, from, to));
        }
    }
}
