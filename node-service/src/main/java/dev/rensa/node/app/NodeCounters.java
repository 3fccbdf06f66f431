package dev.rensa.node.app;

import dev.rensa.protocol.verdict.RejectionReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.List;

/** What is counted as it happens. */
@Singleton
class NodeCounters {

    /** Reasons that are shown from the start; any other one appears with its first transaction. */
    private static final List<RejectionReason> USUAL = List.of(
            RejectionReason.EXPIRED,
            RejectionReason.MEMPOOL_FULL,
            RejectionReason.NONCE_TOO_LOW,
            RejectionReason.REPLACED,
            RejectionReason.SENDER_LIMIT);

    private final MeterRegistry registry;
    private final Counter reorganisations;
    private final Counter received;
    private final Counter mined;
    private final Counter refusedBranches;
    private final RelayCounters relay;

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
        this.relay = new RelayCounters(registry);
        USUAL.forEach(this::evictions);
    }

    RelayCounters relay() {
        return relay;
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
        evictions(reason).increment();
    }

    /** One series a reason: the enum bounds how many there are. */
    private Counter evictions(RejectionReason reason) {
        return Counter.builder("rensa.mempool.evicted")
                .tag("reason", reason.code())
                .baseUnit("transactions")
                .description("Transactions that left the mempool without being mined")
                .register(registry);
    }
}
