package dev.rensa.node.app;

import dev.rensa.node.api.EventStream;
import dev.rensa.node.lab.Lab;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.Map;

/** What is read off the node whenever somebody looks. */
@Singleton
class NodeGauges {

    private final MeterRegistry registry;
    private final EventStream stream;

    NodeGauges(MeterRegistry registry, EventStream stream) {
        this.registry = registry;
        this.stream = stream;
    }

    void watch(RunningNode node) {
        Gauge.builder("rensa.events.clients", stream, EventStream::clientCount)
                .baseUnit("clients")
                .description("Open event streams")
                .register(registry);
        FunctionCounter.builder("rensa.events.dropped", stream, EventStream::clientsDropped)
                .baseUnit("clients")
                .description("Clients of the event stream that were too slow or took nothing")
                .register(registry);
        Gauge.builder("rensa.chain.height", node, it -> it.chain.head().height())
                .description("Height of the canonical chain's tip")
                .register(registry);
        Gauge.builder(
                        "rensa.chain.header.height",
                        node,
                        it -> it.core.progress().headerHeight())
                .description("Height of the best header known")
                .register(registry);
        Gauge.builder(
                        "rensa.snapshot.base.height",
                        node,
                        it -> it.core.snapshot().baseHeight())
                .description("Height of the block whose accounts were, or are being, taken over; 0 if there is none")
                .register(registry);
        Gauge.builder("rensa.snapshot.chunks", node, it -> it.core.snapshot().chunksDone())
                .description("Sixty-fourths of the accounts that are here while joining from a snapshot")
                .register(registry);
        new MempoolMeters(registry, node).register();
        watchSync(node);
        watchPeers(node);
        Gauge.builder("rensa.writer.busy", node, it -> it.writer.busyMillis() / 1_000.0)
                .baseUnit("seconds")
                .description("How long the writer's task under way has been running")
                .register(registry);
        FunctionCounter.builder("rensa.mining.hashes", node, it -> it.miner.totalHashes())
                .description("Hashes tried")
                .register(registry);
    }

    private void watchPeers(RunningNode node) {
        Gauge.builder("rensa.peers", node, it -> it.transport.links().size())
                .description("Connected nodes")
                .register(registry);
        Gauge.builder("rensa.peers.receiving", node, it -> it.transport.receivingBytes())
                .baseUnit("bytes")
                .description("Long messages of all peers that are on their way or not dealt with yet")
                .register(registry);
        Gauge.builder("rensa.peers.sending", node, it -> it.transport.sendingBytes())
                .baseUnit("bytes")
                .description("What waits to be sent to all peers")
                .register(registry);
        Gauge.builder(
                        "rensa.lab.faults",
                        node,
                        it -> it.lab.map(Lab::faults).map(Map::size).orElse(0))
                .description("Links that the lab disturbs")
                .register(registry);
        TrafficMeters.register(registry, node.transport.traffic());
    }

    private void watchSync(RunningNode node) {
        Gauge.builder("rensa.sync.target.height", node, it -> it.core.progress().targetHeight())
                .description("Best height that a trustworthy peer has told of")
                .register(registry);
        Gauge.builder(
                        "rensa.sync.transactions.per.second",
                        node,
                        it -> it.core.progress().transactionsPerSecond())
                .description("Transactions of the blocks that joined the chain during the last 20 s")
                .register(registry);
        Gauge.builder(
                        "rensa.sync.remaining",
                        node,
                        it -> it.core.progress().remainingMillis().orElse(-1_000) / 1_000.0)
                .baseUnit("seconds")
                .description(
                        "Time until the node is caught up, at the speed of the last 20 s; -1 where that says nothing")
                .register(registry);
        Gauge.builder("rensa.sync.checking", node, it -> it.core.checkingBytes())
                .baseUnit("bytes")
                .description("Bodies that were received and are not judged yet")
                .register(registry);
    }
}
