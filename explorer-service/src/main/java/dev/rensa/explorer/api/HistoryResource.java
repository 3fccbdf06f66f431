package dev.rensa.explorer.api;

import dev.rensa.explorer.tree.Reorganisation;
import dev.rensa.explorer.tree.ReorganisationStore;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What happened: reorganisations, and figures over the last blocks. */
@Path("/api")
@Produces(MediaType.APPLICATION_JSON)
public class HistoryResource {

    private static final int MAX_PAGE = 100;
    private static final Pattern CURSOR = Pattern.compile("([0-9]{1,18})-([0-9a-f]{64})");

    private final ReorganisationStore reorganisations;
    private final ChainReader chain;
    private final Statistics statistics;

    HistoryResource(ReorganisationStore reorganisations, ChainReader chain, Statistics statistics) {
        this.reorganisations = reorganisations;
        this.chain = chain;
        this.statistics = statistics;
    }

    /**
     * Reorganisations of all nodes, newest first.
     *
     * @param after {@code next} of the page before
     * @param limit 1 to 100
     */
    @GET
    @Path("reorganisations")
    public ReorganisationInfo.Page reorganisations(
            @QueryParam("after") @Nullable String after, @QueryParam("limit") @DefaultValue("25") int limit) {
        Inputs.inRange("limit", limit, 1, MAX_PAGE);
        long time = Long.MAX_VALUE;
        String node = "";
        if (after != null) {
            Matcher cursor = CURSOR.matcher(after);
            if (!cursor.matches()) {
                throw ProblemException.badRequest(
                        "invalid-cursor", "after is `next` of the page before, and nothing else.");
            }
            time = Long.parseLong(cursor.group(1));
            node = cursor.group(2);
        }
        List<Reorganisation> found = reorganisations.before(chain.cursor().network(), time, node, limit);
        String next = found.size() < limit
                ? null
                : found.getLast().timeMillis() + "-" + found.getLast().nodeKey();
        return new ReorganisationInfo.Page(
                found.stream().map(ReorganisationInfo::of).toList(), next);
    }

    /**
     * Figures over the newest blocks.
     *
     * @param blocks how many, 1 to 10,000
     */
    @GET
    @Path("stats")
    public StatsInfo stats(@QueryParam("blocks") @DefaultValue("1000") int blocks) {
        return statistics.over(Inputs.inRange("blocks", blocks, 1, Statistics.MAX_BLOCKS));
    }

    /** Who mined the newest blocks, most first; at most 100. */
    @GET
    @Path("miners")
    public List<StatsInfo.MinerInfo> miners(@QueryParam("blocks") @DefaultValue("1000") int blocks) {
        return statistics.miners(Inputs.inRange("blocks", blocks, 1, Statistics.MAX_BLOCKS));
    }
}
