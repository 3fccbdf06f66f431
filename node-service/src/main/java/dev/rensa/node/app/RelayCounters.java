package dev.rensa.node.app;

import dev.rensa.node.gossip.RelayListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** What is counted of relaying. Each enum bounds how many series there are. */
final class RelayCounters implements RelayListener {

    private static final double MILLIS_A_SECOND = 1_000;

    private final Map<TransactionEvent, Counter> transactions = new EnumMap<>(TransactionEvent.class);
    private final Map<CompactOutcome, Counter> compactBlocks = new EnumMap<>(CompactOutcome.class);
    private final DistributionSummary propagation;

    RelayCounters(MeterRegistry registry) {
        for (TransactionEvent event : TransactionEvent.values()) {
            transactions.put(
                    event,
                    Counter.builder("rensa.relay.transactions")
                            .tag("event", event.name().toLowerCase(Locale.ROOT))
                            .baseUnit("transactions")
                            .description("Transactions told, asked for, given and taken on links to other nodes")
                            .register(registry));
        }
        for (CompactOutcome outcome : CompactOutcome.values()) {
            compactBlocks.put(
                    outcome,
                    Counter.builder("rensa.relay.compact.blocks")
                            .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                            .baseUnit("blocks")
                            .description("Blocks that came in compact form")
                            .register(registry));
        }
        this.propagation = DistributionSummary.builder("rensa.relay.block.propagation")
                .baseUnit("seconds")
                .description("Time from the first word of another node's block to its being connected")
                .register(registry);
    }

    @Override
    public void transactionsRelayed(TransactionEvent event, int count) {
        counterOf(transactions, event).increment(count);
    }

    @Override
    public void compactBlockEnded(CompactOutcome outcome) {
        counterOf(compactBlocks, outcome).increment();
    }

    @Override
    public void blockPropagated(long millis) {
        propagation.record(millis / MILLIS_A_SECOND);
    }

    private static <E extends Enum<E>> Counter counterOf(Map<E, Counter> counters, E key) {
        Counter counter = counters.get(key);
        if (counter == null) {
            throw new IllegalStateException("every " + key + " is registered at the start");
        }
        return counter;
    }
}
