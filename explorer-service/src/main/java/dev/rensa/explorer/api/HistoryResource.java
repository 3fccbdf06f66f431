package dev.rensa.explorer.api;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happened: reorganisations, and figures over the last blocks. */
@Path("/api")
@Produces(MediaType.APPLICATION_JSON)
public class HistoryResource {

    private final ReorganisationReader reorganisations;
    private final Statistics statistics;
    private final Series series;

    HistoryResource(ReorganisationReader reorganisations, Statistics statistics, Series series) {
        this.reorganisations = reorganisations;
        this.statistics = statistics;
        this.series = series;
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
        return reorganisations.page(after, limit);
    }

    /**
     * Figures over the newest blocks.
     *
     * @param blocks how many, 1 to 10,000
     */
    @GET
    @Path("stats")
    public StatsInfo stats(@QueryParam("blocks") @DefaultValue("1000") int blocks) {
        return statistics.over(Statistics.requireBlocks(blocks));
    }

    /**
     * The newest blocks as they went, in at most 60 groups.
     *
     * @param blocks how many, 1 to 10,000
     */
    @GET
    @Path("series")
    public SeriesInfo series(@QueryParam("blocks") @DefaultValue("120") int blocks) {
        return series.over(Statistics.requireBlocks(blocks));
    }

    /** Who mined the newest blocks, most first; at most 100. */
    @GET
    @Path("miners")
    public List<StatsInfo.MinerInfo> miners(@QueryParam("blocks") @DefaultValue("1000") int blocks) {
        return statistics.miners(Statistics.requireBlocks(blocks));
    }
}
