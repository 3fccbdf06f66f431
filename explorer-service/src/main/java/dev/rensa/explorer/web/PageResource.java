package dev.rensa.explorer.web;

import dev.rensa.explorer.api.BlockInfo;
import dev.rensa.explorer.api.ChainReader;
import dev.rensa.explorer.api.NetworkReader;
import dev.rensa.explorer.api.ProblemException;
import dev.rensa.explorer.api.Search;
import dev.rensa.explorer.api.SearchInfo;
import dev.rensa.explorer.api.StatusInfo;
import dev.rensa.explorer.api.TransactionInfo;
import dev.rensa.protocol.api.Problem;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The pages. Each is whole without JavaScript, and each error is a page too. */
@Path("/")
@Produces(MediaType.TEXT_HTML)
public class PageResource {

    /** Transactions on the overview: what fits below the tree without hiding it. */
    private static final int LATEST_TRANSACTIONS = 8;

    private static final Pattern HASH = Pattern.compile("[0-9a-fA-F]{64}");

    private final ChainReader chain;
    private final NetworkReader network;
    private final Search search;

    PageResource(ChainReader chain, NetworkReader network, Search search) {
        this.chain = chain;
        this.network = network;
        this.search = search;
    }

    @GET
    public Response overview(@QueryParam("lang") @Nullable String lang, @Context HttpHeaders headers) {
        return page(lang, headers, reader -> overview(reader, false));
    }

    /** What the overview's script asks for every second. */
    @GET
    @Path("live")
    public Response live(@QueryParam("lang") @Nullable String lang, @Context HttpHeaders headers) {
        return page(lang, headers, reader -> overview(reader, true));
    }

    @GET
    @Path("blocks")
    public Response blocks(
            @QueryParam("from") @Nullable String from,
            @QueryParam("lang") @Nullable String lang,
            @Context HttpHeaders headers) {
        return page(lang, headers, reader -> {
            List<BlockInfo> blocks = from == null ? chain.blocks() : chain.blocksFrom(from);
            long highest = blocks.getFirst().height();
            long tip = chain.tipHeight();
            long newer = highest < tip ? Math.min(tip, highest + ChainReader.BLOCKS_PAGE) : -1;
            return Pages.blocks(blocks, newer, blocks.getLast().height() - 1, reader.ages());
        });
    }

    @GET
    @Path("block/{block}")
    public Response block(
            @PathParam("block") String name,
            @QueryParam("start") @Nullable String start,
            @QueryParam("lang") @Nullable String lang,
            @Context HttpHeaders headers) {
        return page(lang, headers, reader -> {
            BlockInfo block = HASH.matcher(name).matches() ? chain.block(name) : chain.blockAt(name);
            List<TransactionInfo> transactions = chain.transactionsIn(block.hash(), start == null ? "0" : start);
            int next = (transactions.isEmpty() ? 0 : position(transactions.getLast())) + 1;
            return Pages.block(block, transactions, next < block.transactionCount() ? next : null, reader.ages());
        });
    }

    @GET
    @Path("tx/{id}")
    public Response transaction(
            @PathParam("id") String id, @QueryParam("lang") @Nullable String lang, @Context HttpHeaders headers) {
        return page(lang, headers, reader -> Pages.transaction(chain.transaction(id), reader.ages()));
    }

    @GET
    @Path("address/{address}")
    public Response account(
            @PathParam("address") String address,
            @QueryParam("after") @Nullable String after,
            @QueryParam("lang") @Nullable String lang,
            @Context HttpHeaders headers) {
        return page(lang, headers, reader -> {
            List<TransactionInfo> transactions = chain.transactionsOf(address, after);
            String last = transactions.size() < ChainReader.TRANSACTIONS_PAGE
                    ? null
                    : transactions.getLast().id();
            return Pages.account(chain.account(address), transactions, last, reader.ages());
        });
    }

    /** One match leads straight to its page. */
    @GET
    @Path("search")
    public Response search(
            @QueryParam("q") @Nullable String query,
            @QueryParam("lang") @Nullable String lang,
            @Context HttpHeaders headers) {
        Reader reader = Reader.of(lang, headers);
        try {
            SearchInfo found = search.search(query);
            if (found.results().size() == 1) {
                URI path = URI.create(found.results().getFirst().path());
                return Response.seeOther(reader.keepLanguage(path)).build();
            }
            return reader.answer(Response.Status.OK.getStatusCode(), Pages.search(found, reader.ages()), symbol());
        } catch (ProblemException e) {
            return problem(reader, e.problem());
        }
    }

    /** Everything else, so that a mistyped address meets a page that helps. */
    @GET
    @Path("{path: .+}")
    public Response nothingHere(
            @PathParam("path") String path, @QueryParam("lang") @Nullable String lang, @Context HttpHeaders headers) {
        Problem problem = Problem.of(
                Response.Status.NOT_FOUND.getStatusCode(), "not-found", "There is nothing at /" + path + ".");
        return path.startsWith("api/")
                ? Response.status(problem.status())
                        .type(Problem.MEDIA_TYPE)
                        .entity(problem)
                        .build()
                : problem(Reader.of(lang, headers), problem);
    }

    private TemplateInstance overview(Reader reader, boolean liveOnly) {
        StatusInfo status = network.status();
        var agreement = network.agreement();
        var nodes = network.nodes();
        var tree = TreeDrawing.of(network.tree());
        List<TransactionInfo> transactions =
                status.index().height() < 0 ? List.of() : chain.latestTransactions(LATEST_TRANSACTIONS);
        return liveOnly
                ? Pages.live(status, agreement, nodes, tree, transactions, reader.ages())
                : Pages.overview(status, agreement, nodes, tree, transactions, reader.ages());
    }

    private Response page(@Nullable String lang, HttpHeaders headers, Page page) {
        Reader reader = Reader.of(lang, headers);
        try {
            return reader.answer(Response.Status.OK.getStatusCode(), page.make(reader), symbol());
        } catch (ProblemException e) {
            return problem(reader, e.problem());
        }
    }

    private Response problem(Reader reader, Problem problem) {
        return reader.answer(problem.status(), Pages.problem(problem), symbol());
    }

    private String symbol() {
        return chain.coinSymbol().orElse("");
    }

    private static int position(TransactionInfo transaction) {
        Integer index = transaction.status().index();
        return index == null ? 0 : index;
    }

    private interface Page {
        TemplateInstance make(Reader reader);
    }
}
