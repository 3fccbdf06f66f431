package dev.rensa.node.app;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusBindException;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.security.Security;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Starts the service; with arguments, carries out a maintenance command instead. */
@QuarkusMain
public final class NodeMain {

    /** A pod that returns has another address: an old one must not be believed for longer than this. */
    private static final String DNS_TTL_SECONDS = "5";

    private NodeMain() {}

    public static void main(String... arguments) {
        forgetNamesSoon();
        if (arguments.length > 0) {
            System.exit(MaintenanceCommands.ofProcess().run(List.of(arguments)));
        }
        Quarkus.run(null, NodeMain::exit, arguments);
    }

    /** Before anything is resolved: the JVM reads these once, and by default remembers names for half a minute. */
    static void forgetNamesSoon() {
        Security.setProperty("networkaddress.cache.ttl", DNS_TTL_SECONDS);
        Security.setProperty("networkaddress.cache.negative.ttl", "0");
    }

    private static void exit(int status, @Nullable Throwable failure) {
        if (failure != null) {
            tell(failure);
        }
        System.exit(status);
    }

    /** What the operator can mend is told in a sentence; a stack trace would only hide it. */
    private static void tell(Throwable failure) {
        Logger log = Logger.getLogger(NodeMain.class);
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CannotStartException) {
                log.error(cause.getMessage());
                return;
            }
            if (cause instanceof QuarkusBindException taken) {
                log.errorf(
                        "Port %d of HTTP is taken by another process: choose another one (quarkus.http.port,"
                                + " quarkus.management.port).",
                        taken.getPort());
                return;
            }
        }
        log.error("The node cannot start", failure);
    }
}
