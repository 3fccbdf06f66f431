package dev.rensa.wallet.app;

import dev.rensa.wallet.node.NodeState;
import dev.rensa.wallet.node.Nodes;
import dev.rensa.wallet.transfer.Endings;
import dev.rensa.wallet.transfer.TransferDesk;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Figures for the operator. */
@Singleton
class Metrics {

    void register(@Observes StartupEvent event, MeterRegistry registry, TransferDesk desk, Nodes nodes) {
        FunctionCounter.builder("rensa.wallet.transfers.accepted", desk, TransferDesk::acceptedCount)
                .baseUnit("transfers")
                .description("Transfers accepted since the start")
                .register(registry);
        for (Endings.Ending ending : Endings.Ending.values()) {
            FunctionCounter.builder("rensa.wallet.transfers.ended", desk.endings(), all -> all.count(ending))
                    .baseUnit("transfers")
                    .tag("state", ending.code())
                    .description("Transfers that ended since the start, by how they ended")
                    .register(registry);
        }
        Gauge.builder("rensa.wallet.transfers.open", desk, TransferDesk::openCount)
                .baseUnit("transfers")
                .description("Transfers that are neither final nor ended")
                .register(registry);
        Gauge.builder("rensa.wallet.nodes.usable", nodes, all -> all.usable().size())
                .baseUnit("nodes")
                .description("Nodes that requests go to")
                .register(registry);
        for (NodeState state : NodeState.values()) {
            Gauge.builder(
                            "rensa.wallet.nodes.known",
                            nodes,
                            all -> all.health().stream()
                                    .filter(one -> one.state() == state)
                                    .count())
                    .baseUnit("nodes")
                    .tag("state", state.code())
                    .description("Nodes that were named or found, by what the wallet makes of them")
                    .register(registry);
        }
    }
}
