package dev.rensa.wallet.node;

import dev.rensa.protocol.api.StatusView;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.genesis.DevelopmentGenesis;
import dev.rensa.protocol.genesis.GenesisDocument;
import dev.rensa.protocol.money.Amount;
import java.math.BigInteger;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * All nodes that the wallet was told of, and which of them to trust with a request: one that answers, is of the right
 * network, and stands on the branch with the most work. Safe for use by several threads; {@link #refresh()} by one.
 */
public final class Nodes {

    /** How many nodes get every transaction: one may die with it. */
    public static final int SUBMISSION_COPIES = 2;

    /** A node whose branch lacks the work of more blocks than these is on its way, or on the wrong one. */
    private static final long MAX_LAG_BLOCKS = 5;

    private static final System.Logger LOG = System.getLogger(Nodes.class.getName());

    private final List<Node> nodes;
    private final NodesPolicy policy;
    private final Clock clock;
    private final Map<String, NodeHealth> health = new ConcurrentHashMap<>();
    private volatile @Nullable Network network;

    public Nodes(List<Node> nodes, NodesPolicy policy, Clock clock) {
        this.nodes = List.copyOf(nodes);
        this.policy = policy;
        this.clock = clock;
        this.nodes.forEach(node -> health.put(node.url(), NodeHealth.unseen(node.url())));
    }

    /** Looks at every node at once; returns when the slowest has answered or timed out. */
    public void refresh() {
        List<NodeHealth> seen = inParallel(nodes, this::look);
        chooseNetwork(seen);
        Network chosen = network;
        NodeHealth best = seen.stream()
                .filter(one -> one.usable() && chosen != null && hashOf(one).equals(chosen.hash()))
                .max(Comparator.comparing(NodeHealth::work))
                .orElse(NodeHealth.unseen("none"));
        for (NodeHealth one : seen) {
            NodeHealth judged = judge(one, chosen, best);
            NodeHealth before = health.put(judged.url(), judged);
            if (before == null || before.usable() != judged.usable()) {
                LOG.log(System.Logger.Level.INFO, "node {0} is {1}", judged.url(), describe(judged));
            }
        }
    }

    /** The network served, empty until a node has answered. */
    public Optional<Network> network() {
        return Optional.ofNullable(network);
    }

    /** The usable nodes, most work first. */
    public List<Node> usable() {
        return nodes.stream()
                .filter(node -> healthOf(node).usable())
                .sorted(Comparator.comparing((Node node) -> healthOf(node).work())
                        .reversed())
                .toList();
    }

    /** What is known of every node, in the order of the configuration. */
    public List<NodeHealth> health() {
        return nodes.stream().map(this::healthOf).toList();
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
        if (nodes.isEmpty()) {
            return "rensa.wallet.nodes names none";
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
        health.computeIfPresent(node.url(), (url, before) -> before.failed("it failed the last request"));
    }

    private NodeHealth look(Node node) {
        try {
            StatusView status = node.status();
            BigInteger work = new BigInteger(status.work());
            BlockHash.fromHex(status.networkHash());
            return new NodeHealth(node.url(), true, null, status, work, clock.millis());
        } catch (NodeUnavailableException e) {
            return healthOf(node).failed("it does not answer");
        } catch (IllegalArgumentException e) {
            return healthOf(node).failed("its status makes no sense");
        }
    }

    /** Keeps the network while any node of it answers; takes another only when all answers agree on leaving it. */
    private void chooseNetwork(List<NodeHealth> seen) {
        Network current = network;
        List<NodeHealth> candidates = seen.stream()
                .filter(NodeHealth::usable)
                .filter(one -> refusal(hashOf(one)) == null)
                .sorted(Comparator.comparing(NodeHealth::work).reversed())
                .toList();
        if (current != null && candidates.stream().anyMatch(one -> hashOf(one).equals(current.hash()))) {
            return;
        }
        for (NodeHealth candidate : candidates) {
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

    private Optional<Network> describeNetwork(NodeHealth candidate) {
        Node node = nodes.stream()
                .filter(one -> one.url().equals(candidate.url()))
                .findFirst()
                .orElseThrow();
        StatusView status = candidate.status();
        if (status == null) {
            return Optional.empty();
        }
        BlockHash hash = hashOf(candidate);
        try {
            GenesisDocument genesis = node.genesis();
            return Optional.of(new Network(
                    hash,
                    status.network(),
                    status.addressPrefix(),
                    status.coinSymbol(),
                    DevelopmentGenesis.is(hash),
                    Amount.ofMon(genesis.minimumFee())));
        } catch (NodeUnavailableException e) {
            return Optional.empty();
        }
    }

    private NodeHealth judge(NodeHealth seen, @Nullable Network chosen, NodeHealth best) {
        if (!seen.usable()) {
            return seen;
        }
        String refusal = refusal(hashOf(seen));
        if (refusal != null) {
            return seen.failed(refusal);
        }
        if (chosen == null || !hashOf(seen).equals(chosen.hash())) {
            return seen.failed("it is of another network, " + hashOf(seen));
        }
        if (lag(seen, best) > MAX_LAG_BLOCKS) {
            return seen.failed("it lags: its branch has less work than another node's");
        }
        return seen;
    }

    /** How many of the best chain's average blocks a node is behind. Work counts, not height. */
    private static long lag(NodeHealth seen, NodeHealth best) {
        StatusView status = best.status();
        if (status == null || best.work().signum() == 0) {
            return 0;
        }
        BigInteger missing = best.work().subtract(seen.work());
        return missing.multiply(BigInteger.valueOf(status.height() + 1))
                .divide(best.work())
                .longValue();
    }

    private @Nullable String refusal(BlockHash hash) {
        if (policy.production() && DevelopmentGenesis.is(hash)) {
            return "it is of the development network, whose faucet key everybody knows; rensa.production refuses it";
        }
        BlockHash pinned = policy.pinnedNetwork();
        if (pinned != null && !pinned.equals(hash)) {
            return "it is of network " + hash + ", rensa.wallet.network-hash asks for " + pinned;
        }
        return null;
    }

    private NodeHealth healthOf(Node node) {
        return health.getOrDefault(node.url(), NodeHealth.unseen(node.url()));
    }

    private static BlockHash hashOf(NodeHealth health) {
        StatusView status = health.status();
        if (status == null) {
            throw new IllegalArgumentException("a usable node has a status");
        }
        return BlockHash.fromHex(status.networkHash());
    }

    private static String describe(NodeHealth health) {
        return health.usable() ? "usable" : "not usable: " + health.reason();
    }

    /** Virtual threads, one a node: a slow one holds up no other. */
    private static <T> List<T> inParallel(List<Node> asked, Function<Node, T> call) {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> answers = asked.stream()
                    .map(node -> executor.submit(() -> call.apply(node)))
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
