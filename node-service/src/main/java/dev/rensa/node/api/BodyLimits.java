package dev.rensa.node.api;

import io.quarkus.runtime.configuration.MemorySize;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How large bodies may be. A bean of its own that is made when first asked: {@link BodyLimit} exists before the settings do. */
@ApplicationScoped
class BodyLimits {

    /** A limit with the setting that it comes from. */
    record Limit(long bytes, String setting) {}

    private final Limit single;
    private final Limit any;

    BodyLimits(ApiSettings settings, @ConfigProperty(name = RouteProblems.MAX_BODY_SETTING) MemorySize maxBody) {
        this.single = new Limit(settings.maxTransactionBodyBytes(), "rensa.api.max-transaction-body");
        this.any = new Limit(maxBody.asLongValue(), RouteProblems.MAX_BODY_SETTING);
    }

    /** The limit of a request to a path. */
    Limit of(String path) {
        return path.endsWith("/transactions") ? single : any;
    }
}
