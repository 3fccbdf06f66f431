package dev.rensa.explorer.app;

import dev.rensa.explorer.api.LiveEvents;
import dev.rensa.explorer.index.ChainIndexer;
import dev.rensa.explorer.observe.NodeDirectory;
import dev.rensa.explorer.observe.NodeView;
import dev.rensa.explorer.passport.PassportBook;
import dev.rensa.explorer.store.WriterLease;
import dev.rensa.explorer.tree.Agreement;
import dev.rensa.explorer.tree.TreeKeeper;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What an operator would alert on. */
@Singleton
class Metrics {

    private final NodeDirectory directory;
    private final TreeKeeper tree;
    private final ChainIndexer indexer;
    private final PassportBook passports;
    private final LiveEvents live;
    private final WriterLease lease;
    private final List<Gauge> gauges = new ArrayList<>();

    Metrics(
            NodeDirectory directory,
            TreeKeeper tree,
            ChainIndexer indexer,
            PassportBook passports,
            LiveEvents live,
            WriterLease lease) {
        this.directory = directory;
        this.tree = tree;
        this.indexer = indexer;
        this.passports = passports;
        this.live = live;
        this.lease = lease;
    }

    /** Behind {@link Lifecycle}'s start, which makes the tables that the directory reads. */
    void register(@Observes StartupEvent event, MeterRegistry registry) {
        gauge(
                registry,
                "rensa.explorer.nodes.known",
                "Nodes and addresses shown",
                () -> directory.views().size());
        gauge(
                registry,
                "rensa.explorer.nodes.reachable",
                "Nodes of the network that answered last time",
                () -> directory.reachable().size());
        gauge(
                registry,
                "rensa.explorer.index.height",
                "Height of the highest indexed block",
                () -> indexer.progress().height());
        gauge(
                registry,
                "rensa.explorer.index.lag.blocks",
                "Blocks of the best chain that are not indexed yet",
                () -> indexer.progress().lag());
        gauge(
                registry,
                "rensa.explorer.index.transactions.per.second",
                "Transactions indexed lately while catching up, 0 otherwise",
                () -> indexer.progress().transactionsPerSecond());
        gauge(registry, "rensa.explorer.passports", "Transactions whose passports are kept", passports::size);
        gauge(registry, "rensa.explorer.events.clients", "Open event streams", live::clientCount);
        gauge(
                registry,
                "rensa.explorer.agreement.depth.blocks",
                "Blocks behind the last common one",
                () -> tree.agreement().depth());
        gauge(
                registry,
                "rensa.explorer.agreement.branches",
                "Chains that exclude each other",
                () -> tree.agreement().branches().size());
        seconds(
                registry,
                "rensa.explorer.agreement.age",
                "How long the nodes have agreed, lagged or been split as they are now",
                () -> System.currentTimeMillis() - tree.agreement().sinceMillis());
        gauge(
                registry,
                "rensa.explorer.agreement.minority.nodes",
                "Nodes that are not on the best branch",
                () -> tree.agreement().branches().stream()
                        .skip(1)
                        .mapToInt(branch -> branch.nodes().size())
                        .sum());
        seconds(
                registry,
                "rensa.explorer.nodes.clock.offset.max",
                "Largest difference between a reachable node's clock and this explorer's",
                () -> directory.reachable().stream()
                        .mapToLong(view -> Math.abs(view.clockOffsetMillis()))
                        .max()
                        .orElse(0));
        seconds(
                registry,
                "rensa.explorer.nodes.latency.max",
                "Longest time that a reachable node took for its last answer",
                () -> directory.reachable().stream()
                        .mapToDouble(NodeView::latencyMillis)
                        .max()
                        .orElse(0));
        gauge(
                registry,
                "rensa.explorer.index.writer",
                "1 if this explorer is the one that writes the index",
                () -> lease.isHeld() ? 1 : 0);
        gauge(
                registry,
                "rensa.explorer.agreement.split",
                "1 while the nodes are split",
                () -> tree.agreement().state() == Agreement.State.SPLIT ? 1 : 0);
    }

    /** The registry outlives a restart within one process, and would go on asking the service that has ended. */
    void unregister(@Observes ShutdownEvent event, MeterRegistry registry) {
        gauges.forEach(registry::remove);
        gauges.clear();
    }

    private void seconds(MeterRegistry registry, String name, String description, Supplier<Number> millis) {
        gauges.add(Gauge.builder(name, () -> millis.get().doubleValue() / 1_000)
                .description(description)
                .baseUnit("seconds")
                .register(registry));
    }

    private void gauge(MeterRegistry registry, String name, String description, Supplier<Number> value) {
        gauges.add(Gauge.builder(name, value).description(description).register(registry));
    }
}
