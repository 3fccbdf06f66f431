package dev.rensa.node.app;

import dev.rensa.node.peer.Traffic;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;

/** What goes over the links to other nodes. The types of messages bound how many series there are. */
final class TrafficMeters {

    private TrafficMeters() {}

    static void register(MeterRegistry registry, Traffic traffic) {
        for (String type : Traffic.types()) {
            register(registry, traffic, "sent", type, it -> it.sentBytes(type));
            register(registry, traffic, "received", type, it -> it.receivedBytes(type));
        }
    }

    private static void register(
            MeterRegistry registry, Traffic traffic, String direction, String type, ToDoubleFunction<Traffic> sum) {
        FunctionCounter.builder("rensa.peers.traffic", traffic, sum)
                .tag("direction", direction)
                .tag("type", type)
                .baseUnit("bytes")
                .description("Messages to and from other nodes")
                .register(registry);
    }
}
