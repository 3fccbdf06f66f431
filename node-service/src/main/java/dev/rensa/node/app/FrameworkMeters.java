package dev.rensa.node.app;

import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** What the node does not take over of the framework's own meters. */
@Singleton
class FrameworkMeters {

    /**
     * The framework registers this gauge once an event loop group, without a tag that tells them apart: all but the first
     * are ignored with a warning, and the first alone says nothing.
     */
    private static final String AMBIGUOUS = "netty.eventexecutor.workers";

    @Produces
    @Singleton
    MeterFilter withoutAmbiguous() {
        return MeterFilter.deny(id -> id.getName().equals(AMBIGUOUS));
    }
}
