package dev.rensa.node.app;

import dev.rensa.node.api.ApiSettings;
import dev.rensa.node.api.EventLimits;
import dev.rensa.node.api.EventStream;
import dev.rensa.node.api.LabControl;
import dev.rensa.node.api.Miner;
import dev.rensa.node.api.NetworkReport;
import dev.rensa.node.api.NodeFacts;
import dev.rensa.node.api.Submissions;
import dev.rensa.node.chain.ChainView;
import dev.rensa.node.mempool.Mempool;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The node as the container sees it: it starts and stops with the service, and its parts are beans. */
@Singleton
class NodeBeans {

    private final RunningNode node;

    NodeBeans(
            NodeConfig config,
            @ConfigProperty(name = "quarkus.application.version") String version,
            Vertx vertx,
            InstantSource clock,
            EventStream stream,
            NodeCounters counters,
            NodeGauges gauges) {
        SettingsCheck.check(ConfigProvider.getConfig());
        this.node = new RunningNode(config, version, vertx, clock, stream, counters);
        gauges.watch(node);
    }

    void start(@Observes StartupEvent event) {
        node.start();
    }

    void stop(@Observes ShutdownEvent event) {
        node.stop();
    }

    @Produces
    @Singleton
    RunningNode node() {
        return node;
    }

    @Produces
    @Singleton
    ChainView chain() {
        return node.chain;
    }

    @Produces
    @Singleton
    Mempool mempool() {
        return node.mempool;
    }

    @Produces
    @Singleton
    Submissions submissions() {
        return node.submissions;
    }

    @Produces
    @Singleton
    Miner miner() {
        return node.miner;
    }

    @Produces
    @Singleton
    LabControl lab() {
        return new LabSwitch(node.lab, node.writer);
    }

    @Produces
    @Singleton
    NodeFacts facts() {
        return node.facts;
    }

    @Produces
    @Singleton
    NetworkReport network() {
        return new NetworkWatch(node);
    }

    /** Beans that need no node. */
    @Singleton
    static class Independent {

        @Produces
        @Singleton
        InstantSource clock() {
            return InstantSource.system();
        }

        @Produces
        @Singleton
        ApiSettings apiSettings(NodeConfig config) {
            return NodeSettings.api(config);
        }

        @Produces
        @Singleton
        EventLimits eventLimits(NodeConfig config) {
            return NodeSettings.events(config);
        }
    }
}
