package dev.rensa.node.app;

import dev.rensa.node.mempool.MempoolLimits;
import dev.rensa.node.mempool.MempoolView;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;

/** What waits, and how near that is to the limits. */
final class MempoolMeters {

    private final MeterRegistry registry;
    private final RunningNode node;

    MempoolMeters(MeterRegistry registry, RunningNode node) {
        this.registry = registry;
        this.node = node;
    }

    void register() {
        MempoolLimits limits = node.mempool.limits();
        transactions("pending", MempoolView::pending);
        transactions("queued", MempoolView::queued);
        Gauge.builder("rensa.mempool.bytes", node, it -> it.mempool.view().bytes())
                .baseUnit("bytes")
                .description("Size of all transactions that wait")
                .register(registry);
        Gauge.builder("rensa.mempool.limit", limits, MempoolLimits::maxBytes)
                .baseUnit("bytes")
                .description("The setting rensa.mempool.max-bytes")
                .register(registry);
        Gauge.builder(
                        "rensa.mempool.minimum.fee",
                        node,
                        it -> it.mempool.view().minimumFee().mon())
                .baseUnit("mon")
                .description("Least fee at which the smallest transaction is taken")
                .register(registry);
        Gauge.builder("rensa.submissions.waiting", node, it -> it.submissions.waiting())
                .baseUnit("transactions")
                .description("Submitted transactions that are not judged yet")
                .register(registry);
    }

    private void transactions(String state, ToDoubleFunction<MempoolView> count) {
        Gauge.builder("rensa.mempool.transactions", node, it -> count.applyAsDouble(it.mempool.view()))
                .tag("state", state)
                .baseUnit("transactions")
                .description("Transactions that wait")
                .register(registry);
    }
}
