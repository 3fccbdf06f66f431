package dev.rensa.wallet.node;

import dev.rensa.protocol.api.StatusView;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.genesis.DevelopmentGenesis;
import dev.rensa.protocol.genesis.Genesis;
import dev.rensa.protocol.genesis.InvalidGenesisException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All nodes that the wallet was told of, and which of them to trust with a request: one that answers, is of the right
 * network, and stands on the branch with the most work. Safe for use by several threads; {@link #refresh()} by one.
 */
public final class Nodes {

    /** How many nodes get every transaction: one may die with it. */
    public static final int SUBMISSION_COPIES = 2;

    private static final System.Logger LOG = System.getLogger(Nodes.class.getName());

    private final Supplier<List<Node>> source;
    private final NodeJudge judge;
    private final Clock clock;
    private final Map<String, NodeHealth> health = new ConcurrentHashMap<>();
    private volatile @Nullable Network network;

    public Nodes(List<Node> nodes, NodesPolicy policy, Clock clock) {
        this(() -> nodes, policy, clock);
    }

    /**
     * Nodes that come and go.
     *
     * @param source those known at the moment, at most one an address; answers at once
     */
    public Nodes(Supplier<List<Node>> source, NodesPolicy policy, Clock clock) {
        this.source = source;
        this.judge = new NodeJudge(policy);
        this.clock = clock;
    }

    /** Looks at every node at once; returns when the slowest has answered or timed out. */
    public void refresh() {
        List<Node> nodes = source.get();
        List<NodeJudge.Look> seen = inParallel(nodes, node -> new NodeJudge.Look(node, look(node)));
        List<NodeJudge.Look> answered = seen.stream()
                .filter(look -> look.health().usable())
                .sorted(Comparator.comparing(NodeJudge.Look::health, NodeHealth.BEST_FIRST))
                .toList();
        chooseNetwork(answered);
        Network chosen = network;
        NodeJudge.Look best = answered.stream()
                .filter(look -> chosen != null && look.health().isOf(chosen.hash()))
                .max(Comparator.comparing(look -> look.health().work()))
                .orElse(null);
        List<NodeHealth> judged =
                inParallel(seen, look -> look.health().usable() ? judge.judge(look, chosen, best) : look.health());
        withoutDoubles(judged).forEach(this::note);
        health.keySet().retainAll(nodes.stream().map(Node::url).toList());
    }

    /** The network served, empty until a node has answered. */
    public Optional<Network> network() {
        return Optional.ofNullable(network);
    }

    /** The usable nodes, the best first. */
    public List<Node> usable() {
        return source.get().stream()
                .map(node -> new NodeJudge.Look(node, healthOf(node)))
                .filter(look -> look.health().usable())
                .sorted(Comparator.comparing(NodeJudge.Look::health, NodeHealth.BEST_FIRST))
                .map(NodeJudge.Look::node)
                .toList();
    }

    /** What is known of every node, those of the configuration first. */
    public List<NodeHealth> health() {
        return source.get().stream().map(this::healthOf).toList();
    }

    /**
     * Asks the best node, and the next one when it does not answer.
     *
     * @throws NodeUnavailableException if none answers
     */
    public <T> T ask(Function<Node, T> question) {
        @Nullable NodeUnavailableException last = null;
        for (Node node : usable()) {
            try {
                return question.apply(node);
            } catch (NodeUnavailableException e) {
                markFailed(node, e);
                last = e;
            }
        }
        if (last != null) {
            throw last;
        }
        throw new NodeUnavailableException("no node is usable at the moment: " + reasons());
    }

    /**
     * Asks the {@link #SUBMISSION_COPIES} best nodes at once; a further one for each that does not answer. Empty when none
     * answers.
     */
    public <T> List<T> askSeveral(Function<Node, T> question) {
        List<Node> candidates = usable();
        List<T> answers = new ArrayList<>();
        for (int next = 0; next < candidates.size() && answers.size() < SUBMISSION_COPIES; ) {
            int end = Math.min(candidates.size(), next + SUBMISSION_COPIES - answers.size());
            inParallel(candidates.subList(next, end), node -> askOne(node, question))
                    .forEach(answer -> answer.ifPresent(answers::add));
            next = end;
        }
        return answers;
    }

    /** In one sentence, why there is no usable node. */
    public String reasons() {
        if (source.get().isEmpty()) {
            return "rensa.wallet.nodes and rensa.wallet.dns-names name none";
        }
        return String.join(
                "; ",
                health().stream()
                        .filter(one -> !one.usable())
                        .map(one -> one.url() + ": " + one.reason())
                        .toList());
    }

    private <T> Optional<T> askOne(Node node, Function<Node, T> question) {
        try {
            return Optional.of(question.apply(node));
        } catch (NodeUnavailableException e) {
            markFailed(node, e);
            return Optional.empty();
        }
    }

    /** Leaves the node out until the next refresh finds it well. */
    private void markFailed(Node node, NodeUnavailableException failure) {
        LOG.log(System.Logger.Level.DEBUG, "node {0} failed a request: {1}", node.url(), failure.getMessage());
        health.computeIfPresent(
                node.url(), (url, before) -> before.left(NodeState.UNREACHABLE, "it failed the last request"));
    }

    private NodeHealth look(Node node) {
        try {
            return NodeHealth.answered(node.url(), node.status(), clock.millis());
        } catch (NodeUnavailableException e) {
            return healthOf(node).left(NodeState.UNREACHABLE, "it does not answer");
        } catch (IllegalArgumentException e) {
            return healthOf(node).left(NodeState.UNREACHABLE, "its status makes no sense");
        }
    }

    private void note(NodeHealth judged) {
        NodeHealth before = health.put(judged.url(), judged);
        if (before == null || before.state() != judged.state()) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "node {0} is {1}{2}",
                    judged.url(),
                    judged.state().code(),
                    judged.usable() ? "" : ": " + judged.reason());
        }
    }

    /** A node that answers at two addresses would get both copies of a transaction. */
    private static List<NodeHealth> withoutDoubles(List<NodeHealth> judged) {
        Map<String, String> urlByKey = new HashMap<>();
        List<NodeHealth> all = new ArrayList<>();
        for (NodeHealth each : judged) {
            String first = each.usable() ? urlByKey.putIfAbsent(each.answer().nodeKey(), each.url()) : null;
            all.add(
                    first == null
                            ? each
                            : each.left(NodeState.SAME_NODE, "it is the node that answers at " + first + " too"));
        }
        return all;
    }

    /** Keeps the network while any node of it answers; takes another only when all answers agree on leaving it. */
    private void chooseNetwork(List<NodeJudge.Look> answered) {
        Network current = network;
        List<NodeJudge.Look> candidates = answered.stream()
                .filter(look ->
                        judge.refusal(BlockHash.fromHex(look.health().answer().networkHash())) == null)
                .toList();
        if (current != null
                && candidates.stream().anyMatch(look -> look.health().isOf(current.hash()))) {
            return;
        }
        for (NodeJudge.Look candidate : candidates) {
            Optional<Network> found = describeNetwork(candidate);
            if (found.isPresent()) {
                network = found.get();
                LOG.log(
                        System.Logger.Level.INFO,
                        "the network is {0}, {1}",
                        found.get().name(),
                        found.get().hash());
                return;
            }
        }
    }

    private static Optional<Network> describeNetwork(NodeJudge.Look candidate) {
        StatusView status = candidate.health().answer();
        BlockHash hash = BlockHash.fromHex(status.networkHash());
        try {
            Genesis genesis = candidate.node().genesis().toGenesis();
            return Optional.of(new Network(
                    hash,
                    status.network(),
                    status.addressPrefix(),
                    status.coinSymbol(),
                    DevelopmentGenesis.is(hash),
                    genesis.minimumFee(),
                    genesis.subsidy(),
                    genesis.halvingInterval()));
        } catch (NodeUnavailableException | InvalidGenesisException e) {
            return Optional.empty();
        }
    }

    private NodeHealth healthOf(Node node) {
        return health.getOrDefault(node.url(), NodeHealth.unseen(node.url()));
    }

    /** Virtual threads, one a node: a slow one holds up no other. */
    private static <Q, A> List<A> inParallel(List<Q> asked, Function<Q, A> call) {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<A>> answers = asked.stream()
                    .map(each -> executor.submit(() -> call.apply(each)))
                    .toList();
            return answers.stream().map(Nodes::join).toList();
        }
    }

    private static <T> T join(Future<T> answer) {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NodeUnavailableException("interrupted while a node was asked", e);
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException("a call to a node failed in a way it should not", e.getCause());
        }
    }
}
