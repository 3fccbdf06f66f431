package dev.rensa.explorer.api;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** Blocks, transactions and accounts under Esplora's paths, with the project's own field names. */
@Path("/api")
@Produces(MediaType.APPLICATION_JSON)
public class ChainResource {

    private final ChainReader chain;

    ChainResource(ChainReader chain) {
        this.chain = chain;
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
    public BlockInfo block(@PathParam("hash") String hash) {
        return chain.block(hash);
    }

    /** The first 25 transactions of a block. */
    @GET
    @Path("block/{hash}/txs")
    public List<TransactionInfo> transactionsIn(@PathParam("hash") String hash) {
        return chain.transactionsIn(hash, "0");
    }

    /** 25 transactions of a block from a position on. */
    @GET
    @Path("block/{hash}/txs/{start}")
    public List<TransactionInfo> transactionsIn(@PathParam("hash") String hash, @PathParam("start") String start) {
        return chain.transactionsIn(hash, start);
    }

    /** A transaction, mined or waiting. */
    @GET
    @Path("tx/{id}")
    public TransactionInfo transaction(@PathParam("id") String id) {
        return chain.transaction(id);
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
}
