package dev.rensa.explorer.web;

import dev.rensa.explorer.api.AgreementInfo;
import dev.rensa.explorer.api.ChainReader;
import dev.rensa.explorer.api.NetworkReader;
import dev.rensa.explorer.api.ProblemException;
import dev.rensa.explorer.api.ReorganisationReader;
import dev.rensa.explorer.api.Series;
import dev.rensa.explorer.api.Statistics;
import dev.rensa.explorer.api.StatsInfo;
import dev.rensa.explorer.api.StatusInfo;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The pages of the network as a whole. Each is whole without JavaScript, and each error is a page too. */
@Path("/")
@Produces(MediaType.TEXT_HTML)
public class NetworkPages {

    /** Blocks and transactions beside the map: what fits without hiding it. */
    private static final int LATEST = 8;

    /** Blocks behind the figures on top: ten minutes at five seconds a block. */
    private static final int RECENT_BLOCKS = 120;

    /** How long nodes may lack a new block before the page says so. */
    private static final long PASSING_LAG_MILLIS = 3_000;

    private static final int REORGANISATIONS_PAGE = 25;

    private final PageDesk desk;
    private final ChainReader chain;
    private final NetworkReader network;
    private final Statistics statistics;
    private final Series series;
    private final ReorganisationReader reorganisations;

    NetworkPages(
            PageDesk desk,
            ChainReader chain,
            NetworkReader network,
            Statistics statistics,
            Series series,
            ReorganisationReader reorganisations) {
        this.desk = desk;
        this.chain = chain;
        this.network = network;
        this.statistics = statistics;
        this.series = series;
        this.reorganisations = reorganisations;
    }

    @GET
    public Response overview(@Context HttpServerRequest request) {
        return desk.page(request, "network", reader -> {
            StatusInfo status = network.status();
            AgreementInfo agreement = calm(network.agreement());
            boolean indexed = status.index().height() >= 0;
            return Pages.network(
                    status,
                    agreement,
                    network.nodes(),
                    indexed ? statistics.over(RECENT_BLOCKS) : null,
                    TreeDrawing.of(network.tree(TreeDrawing.COLUMNS), agreement),
                    indexed ? chain.blocks().stream().limit(LATEST).toList() : List.of(),
                    indexed ? chain.latestTransactions(LATEST) : List.of(),
                    reader.ages());
        });
    }

    @GET
    @Path("tree")
    public Response tree(@Context HttpServerRequest request, @QueryParam("after") @Nullable String after) {
        return desk.page(request, "tree", reader -> {
            AgreementInfo agreement = calm(network.agreement());
            return Pages.tree(
                    agreement,
                    TreeDrawing.of(network.tree(TreeDrawing.COLUMNS), agreement),
                    reorganisations.page(after, REORGANISATIONS_PAGE),
                    reader.ages());
        });
    }

    @GET
    @Path("mempool")
    public Response mempool(@Context HttpServerRequest request) {
        return desk.page(
                request,
                "mempool",
                reader -> Pages.mempool(
                        NextBlock.of(network.mempool(), chain.maxBlockBytes()), network.fees(), reader.ages()));
    }

    @GET
    @Path("miners")
    public Response miners(
            @Context HttpServerRequest request, @QueryParam("blocks") @DefaultValue("1000") String blocks) {
        return desk.page(
                request,
                "miners",
                reader -> Pages.miners(count(blocks), statistics.miners(count(blocks)), reader.ages()));
    }

    @GET
    @Path("charts")
    public Response charts(
            @Context HttpServerRequest request, @QueryParam("blocks") @DefaultValue("120") String blocks) {
        return desk.page(request, "charts", reader -> {
            int count = count(blocks);
            StatsInfo stats = statistics.over(count);
            return Pages.charts(count, stats, series.over(count), reader.ages());
        });
    }

    /** Every block is on one node before it is on all: only nodes that stay behind are worth a word. */
    private static AgreementInfo calm(AgreementInfo agreement) {
        boolean passing = agreement.state().equals("lagging")
                && System.currentTimeMillis() - agreement.sinceMillis() < PASSING_LAG_MILLIS;
        return passing
                ? new AgreementInfo(
                        "one", agreement.sinceMillis(), agreement.lastCommon(), agreement.depth(), agreement.branches())
                : agreement;
    }

    private static int count(String text) {
        if (!text.matches("[0-9]{1,5}")) {
            throw ProblemException.badRequest("out-of-range", "blocks is a whole number from 1 to 10000.");
        }
        return Statistics.requireBlocks(Integer.parseInt(text));
    }
}
