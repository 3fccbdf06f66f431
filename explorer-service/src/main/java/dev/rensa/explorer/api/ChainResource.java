package dev.rensa.explorer.api;

import dev.rensa.explorer.index.IndexCursor;
import dev.rensa.protocol.crypto.PublicKey;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jspecify.annotations.Nullable;

/** Blocks, transactions and accounts under Esplora's paths, with the project's own field names. */
@Path("/api")
@Produces(MediaType.APPLICATION_JSON)
public class ChainResource {

    private static final int MAX_POINTS = 1_000;

    private final ChainReader chain;
    private final AccountReader accounts;
    private final HistoryCsv table;

    ChainResource(ChainReader chain, AccountReader accounts, HistoryCsv table) {
        this.chain = chain;
        this.accounts = accounts;
        this.table = table;
    }

    /** The 10 newest blocks, newest first. */
    @GET
    @Path("blocks")
    public List<BlockInfo> blocks() {
        return chain.blocks();
    }

    /** Ten blocks from a height downwards. */
    @GET
    @Path("blocks/{startHeight}")
    public List<BlockInfo> blocks(@PathParam("startHeight") String startHeight) {
        return chain.blocksFrom(startHeight);
    }

    /** Height of the tip, as plain text. */
    @GET
    @Path("blocks/tip/height")
    @Produces(MediaType.TEXT_PLAIN)
    public String tipHeight() {
        return Long.toString(chain.tipHeight());
    }

    /** Hash of the tip, as plain text. */
    @GET
    @Path("blocks/tip/hash")
    @Produces(MediaType.TEXT_PLAIN)
    public String tipHash() {
        return chain.tipHash();
    }

    /** Hash of the canonical block at a height, as plain text. */
    @GET
    @Path("block-height/{height}")
    @Produces(MediaType.TEXT_PLAIN)
    public String hashAt(@PathParam("height") String height) {
        return chain.hashAt(height);
    }

    /** A canonical block, or a recent one on any branch. */
    @GET
    @Path("block/{hash}")
    @APIResponseSchema(BlockInfo.class)
    public Response block(@PathParam("hash") String hash, @Context Request request) {
        return Cached.whileTip(request, chain.tipHash(), () -> chain.block(hash));
    }

    /** The first 25 transactions of a block. */
    @GET
    @Path("block/{hash}/txs")
    @APIResponseSchema(TransactionInfo[].class)
    public Response transactionsIn(@PathParam("hash") String hash, @Context Request request) {
        return Cached.whileTip(request, chain.tipHash(), () -> chain.transactionsIn(hash, "0"));
    }

    /** 25 transactions of a block from a position on. */
    @GET
    @Path("block/{hash}/txs/{start}")
    @APIResponseSchema(TransactionInfo[].class)
    public Response transactionsIn(
            @PathParam("hash") String hash, @PathParam("start") String start, @Context Request request) {
        return Cached.whileTip(request, chain.tipHash(), () -> chain.transactionsIn(hash, start));
    }

    /** A transaction, mined or waiting. */
    @GET
    @Path("tx/{id}")
    public TransactionInfo transaction(@PathParam("id") String id) {
        return chain.transaction(id);
    }

    /** Where a transaction stands. */
    @GET
    @Path("tx/{id}/status")
    public TransactionInfo.StatusInfo status(@PathParam("id") String id) {
        return chain.transaction(id).status();
    }

    /** An account. */
    @GET
    @Path("address/{address}")
    public AccountInfo account(@PathParam("address") String address) {
        return chain.account(address);
    }

    /** The 25 newest mined transactions of an account, newest first. */
    @GET
    @Path("address/{address}/txs")
    public List<TransactionInfo> transactionsOf(@PathParam("address") String address) {
        return chain.transactionsOf(address, null);
    }

    /** The next 25, behind the last one of the page before. */
    @GET
    @Path("address/{address}/txs/chain/{last}")
    public List<TransactionInfo> transactionsOf(@PathParam("address") String address, @PathParam("last") String last) {
        return chain.transactionsOf(address, last);
    }

    /**
     * Transactions and rewards of an account, newest first, 25 a page.
     *
     * @param after {@code next} of the page before
     */
    @GET
    @Path("address/{address}/history")
    public AccountHistoryInfo history(
            @PathParam("address") String address, @QueryParam("after") @Nullable String after) {
        return accounts.history(address, after);
    }

    /**
     * How an account's balance went, over its 5,000 newest transactions and rewards.
     *
     * @param points most points of the series, 2 to 1,000
     */
    @GET
    @Path("address/{address}/balances")
    public BalancesInfo balances(
            @PathParam("address") String address, @QueryParam("points") @DefaultValue("200") int points) {
        return accounts.balances(address, Inputs.inRange("points", points, 2, MAX_POINTS));
    }

    /** An account's whole history as a table, newest first, rewards included; at most 1,000,000 rows. */
    @GET
    @Path("address/{address}/txs.csv")
    @Produces("text/csv; charset=utf-8")
    public Response table(@PathParam("address") String address) {
        IndexCursor cursor = chain.cursor();
        PublicKey key = Inputs.account(address, cursor.genesis().addressPrefix());
        StreamingOutput rows = out -> table.write(cursor, key, out);
        return Response.ok(rows)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\"" + chain.requireAddress(address) + ".csv\"")
                .build();
    }
}
