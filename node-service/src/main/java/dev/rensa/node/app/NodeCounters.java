package dev.rensa.node.app;

import dev.rensa.protocol.verdict.RejectionReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

/** What is counted as it happens. */
@Singleton
class NodeCounters {

    private final MeterRegistry registry;
    private final Counter reorganisations;
    private final Counter received;
    private final Counter mined;
    private final Counter refusedBranches;

    NodeCounters(MeterRegistry registry) {
        this.registry = registry;
        this.reorganisations = Counter.builder("rensa.chain.reorganisations")
                .description("Changes of the canonical chain to another branch")
                .register(registry);
        this.received = Counter.builder("rensa.blocks.received")
                .description("Blocks of other nodes that joined the canonical chain")
                .register(registry);
        this.mined = Counter.builder("rensa.blocks.mined")
                .description("Blocks of this node that joined the canonical chain")
                .register(registry);
        this.refusedBranches = Counter.builder("rensa.chain.branches.refused")
                .description("Times that a branch with more work was not followed")
                .register(registry);
    }

    void blocksConnected(int count, boolean fromPeer) {
        (fromPeer ? received : mined).increment(count);
    }

    void reorganised() {
        reorganisations.increment();
    }

    void branchRefused() {
        refusedBranches.increment();
    }

    void evicted(RejectionReason reason) {
        // One series a reason: the enum bounds how many there are.
        registry.counter("rensa.mempool.evicted", "reason", reason.code()).increment();
    }
}
