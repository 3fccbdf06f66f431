package dev.rensa.node.discovery;

import dev.rensa.node.peer.PeerAddress;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Knocks at every host × every port of a plan, in parallel: where a TCP connection opens, a node may listen. The connection
 * is closed without a byte; whether a node is there shows in the handshake of the dial that follows.
 */
public final class ProbeSource implements CandidateSource, AutoCloseable {

    /** How long one knock may take, in milliseconds. */
    public static final int PROBE_MILLIS = 1_000;

    /** Knocks at a time: what a small machine's network stack and its neighbours do not mind. */
    static final int MAX_IN_FLIGHT = 256;

    private final ProbePlan plan;
    private final Predicate<PeerAddress> isSelf;
    private final NetClient client;

    /**
     * Prepares the probes.
     *
     * @param isSelf addresses at which this node itself listens, which are not probed
     */
    public ProbeSource(Vertx vertx, ProbePlan plan, Predicate<PeerAddress> isSelf) {
        this.plan = plan;
        this.isSelf = isSelf;
        this.client = vertx.createNetClient(new NetClientOptions().setConnectTimeout(PROBE_MILLIS));
    }

    @Override
    public String name() {
        return "probe";
    }

    @Override
    public CompletionStage<List<PeerAddress>> find(Predicate<PeerAddress> leaveOut) {
        Queue<PeerAddress> open = new ConcurrentLinkedQueue<>();
        Iterable<PeerAddress> targets = () -> targets(leaveOut);
        return Lanes.run(targets, MAX_IN_FLIGHT, this::answers, (address, answered) -> {
                    if (answered) {
                        open.add(address);
                    }
                })
                .thenApply(_ -> List.copyOf(open));
    }

    private Iterator<PeerAddress> targets(Predicate<PeerAddress> leaveOut) {
        Stream<PeerAddress> every =
                plan.hosts().stream().flatMap(host -> plan.ports().stream().map(port -> new PeerAddress(host, port)));
        return every.filter(isSelf.or(leaveOut).negate()).iterator();
    }

    private CompletionStage<Boolean> answers(PeerAddress address) {
        return client.connect(address.port(), address.host())
                .map(socket -> {
                    socket.close();
                    return true;
                })
                .otherwise(false)
                .toCompletionStage();
    }

    @Override
    public void close() {
        client.close();
    }
}
