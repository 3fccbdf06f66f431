package dev.rensa.node.app;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.security.Security;

/** Starts the service. */
@QuarkusMain
public final class NodeMain {

    /** A pod that returns has another address: an old one must not be believed for longer than this. */
    private static final String DNS_TTL_SECONDS = "5";

    private NodeMain() {}

    public static void main(String... arguments) {
        // Before anything is resolved: the JVM reads these once, and by default remembers names for half a minute.
        Security.setProperty("networkaddress.cache.ttl", DNS_TTL_SECONDS);
        Security.setProperty("networkaddress.cache.negative.ttl", "0");
        Quarkus.run(arguments);
    }
}
