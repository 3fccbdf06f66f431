package dev.rensa.explorer.app;

import dev.rensa.explorer.index.ChainQueries;
import dev.rensa.explorer.index.IndexStoreException;
import dev.rensa.explorer.observe.NodeDirectory;
import dev.rensa.explorer.tree.Agreement;
import dev.rensa.explorer.tree.TreeBlock;
import dev.rensa.explorer.tree.TreeKeeper;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.jspecify.annotations.Nullable;

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
            Agreement agreement = tree.agreement();
            TreeBlock common = agreement.lastCommon();
            HealthCheckResponseBuilder answer = HealthCheckResponse.named("nodes")
                    .status(reachable > 0)
                    .withData("reachable", reachable)
                    .withData("known", directory.views().size())
                    .withData("agreement", agreement.state().name().toLowerCase(Locale.ROOT))
                    .withData(
                            "since",
                            Instant.ofEpochMilli(agreement.sinceMillis()).toString())
                    .withData("lastCommonHeight", common == null ? -1 : common.height())
                    .withData("depth", agreement.depth());
            List<Agreement.Branch> branches = agreement.branches();
            for (int i = 0; i < branches.size(); i++) {
                answer.withData("branch" + (i + 1), sentence(branches.get(i), common));
            }
            return answer.build();
        };
    }

    private static String sentence(Agreement.Branch branch, @Nullable TreeBlock common) {
        String work = common == null
                ? branch.tip().work().toString()
                : branch.tip().work().value().subtract(common.work().value()) + " since the last common block";
        return branch.nodes().stream().map(Agreement.Follower::name).collect(Collectors.joining(", ")) + ": height "
                + branch.tip().height() + ", work " + work;
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
