package dev.rensa.explorer.app;

import dev.rensa.explorer.index.ChainQueries;
import dev.rensa.explorer.index.IndexStoreException;
import dev.rensa.explorer.observe.NodeDirectory;
import dev.rensa.explorer.tree.TreeKeeper;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import java.util.Locale;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/**
 * Live: the index's thread takes its steps, also those that fail: a restart mends no database. Ready: the database
 * answers, and so does at least one node, for without one there is nothing new to show.
 */
@Dependent
class Health {

    @Produces
    @Liveness
    HealthCheck live(IndexLoop index) {
        return () -> HealthCheckResponse.named("index-thread")
                .status(index.isAlive())
                .build();
    }

    @Produces
    @Readiness
    HealthCheck index(ChainQueries queries) {
        return () -> database("index", queries);
    }

    @Produces
    @Readiness
    HealthCheck nodes(NodeDirectory directory, TreeKeeper tree) {
        return () -> {
            int reachable = directory.reachable().size();
            return HealthCheckResponse.named("nodes")
                    .status(reachable > 0)
                    .withData("reachable", reachable)
                    .withData("known", directory.views().size())
                    .withData("agreement", tree.agreement().state().name().toLowerCase(Locale.ROOT))
                    .build();
        };
    }

    private static HealthCheckResponse database(String name, ChainQueries queries) {
        HealthCheckResponseBuilder answer = HealthCheckResponse.named(name);
        try {
            long height = queries.cursor().map(cursor -> cursor.height()).orElse(-1L);
            return answer.up().withData("indexHeight", height).build();
        } catch (IndexStoreException e) {
            return answer.down()
                    .withData("detail", String.valueOf(e.getMessage()))
                    .build();
        }
    }
}
