package dev.rensa.explorer.web;

import dev.rensa.explorer.api.AccountReader;
import dev.rensa.explorer.api.BlockInfo;
import dev.rensa.explorer.api.ChainReader;
import dev.rensa.explorer.api.PassportReader;
import dev.rensa.explorer.api.ProblemException;
import dev.rensa.explorer.api.Search;
import dev.rensa.explorer.api.SearchInfo;
import dev.rensa.explorer.api.TransactionInfo;
import dev.rensa.protocol.api.Problem;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The pages of blocks, transactions and accounts, and the search that leads to them. */
@Path("/")
@Produces(MediaType.TEXT_HTML)
public class ChainPages {

    /** Points of the balance's chart: what its width can tell apart. */
    private static final int BALANCES = 120;

    private static final Pattern HASH = Pattern.compile("[0-9a-fA-F]{64}");

    private final PageDesk desk;
    private final ChainReader chain;
    private final AccountReader accounts;
    private final PassportReader passports;
    private final Search search;

    ChainPages(PageDesk desk, ChainReader chain, AccountReader accounts, PassportReader passports, Search search) {
        this.desk = desk;
        this.chain = chain;
        this.accounts = accounts;
        this.passports = passports;
        this.search = search;
    }

    @GET
    @Path("blocks")
    public Response blocks(@Context HttpServerRequest request, @QueryParam("from") @Nullable String from) {
        return desk.page(request, "blocks", reader -> {
            List<BlockInfo> blocks = from == null ? chain.newestBlocks() : chain.blocksPage(from);
            long highest = blocks.getFirst().height();
            long tip = chain.tipHeight();
            long newer = highest < tip ? Math.min(tip, highest + ChainReader.PAGE_BLOCKS) : -1;
            return Pages.blocks(blocks, newer, blocks.getLast().height() - 1, reader.ages());
        });
    }

    @GET
    @Path("block/{block}")
    public Response block(
            @Context HttpServerRequest request,
            @PathParam("block") String name,
            @QueryParam("start") @Nullable String start) {
        return desk.page(request, "blocks", reader -> {
            BlockInfo block = HASH.matcher(name).matches() ? chain.block(name) : chain.blockAt(name);
            List<TransactionInfo> transactions = chain.transactionsIn(block.hash(), start == null ? "0" : start);
            int first = transactions.isEmpty() ? 0 : position(transactions.getFirst());
            int next = first + transactions.size();
            return Pages.block(
                    block,
                    transactions,
                    first == 0 ? null : Math.max(0, first - ChainReader.TRANSACTIONS_PAGE),
                    next < block.transactionCount() ? next : null,
                    block.canonical() && block.confirmations() > 1,
                    reader.ages());
        });
    }

    @GET
    @Path("tx/{id}")
    public Response transaction(@Context HttpServerRequest request, @PathParam("id") String id) {
        return desk.page(request, "", reader -> {
            var passport = passports.passport(id);
            return Pages.transaction(chain.transaction(id), passport, PassportDrawing.of(passport), reader.ages());
        });
    }

    @GET
    @Path("address/{address}")
    public Response account(
            @Context HttpServerRequest request,
            @PathParam("address") String address,
            @QueryParam("after") @Nullable String after) {
        return desk.page(
                request,
                "",
                reader -> Pages.account(
                        chain.account(address),
                        accounts.balances(address, BALANCES),
                        accounts.history(address, after),
                        after != null,
                        reader.ages()));
    }

    /** One match leads straight to its page. */
    @GET
    @Path("search")
    public Response search(@Context HttpServerRequest request, @QueryParam("q") @Nullable String query) {
        Reader reader = Reader.of(request);
        try {
            SearchInfo found = search.search(query);
            if (found.results().size() == 1) {
                return Response.seeOther(URI.create(found.results().getFirst().path()))
                        .build();
            }
            return desk.page(request, "", _ -> Pages.search(found, reader.ages()));
        } catch (ProblemException e) {
            return desk.problem(reader, "", e.problem());
        }
    }

    /** Everything else, so that a mistyped address meets a page that helps. */
    @GET
    @Path("{path: .+}")
    public Response nothingHere(@Context HttpServerRequest request, @PathParam("path") String path) {
        Problem problem = Problem.of(
                Response.Status.NOT_FOUND.getStatusCode(), "not-found", "There is nothing at /" + path + ".");
        return path.startsWith("api/")
                ? Response.status(problem.status())
                        .type(Problem.MEDIA_TYPE)
                        .entity(problem)
                        .build()
                : desk.problem(Reader.of(request), "", problem);
    }

    private static int position(TransactionInfo transaction) {
        Integer index = transaction.status().index();
        return index == null ? 0 : index;
    }
}
