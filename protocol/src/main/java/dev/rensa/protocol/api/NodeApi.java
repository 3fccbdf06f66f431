package dev.rensa.protocol.api;

import dev.rensa.protocol.genesis.GenesisDocument;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What a node answers over HTTP. The node implements it, the wallet and the explorer call it. Errors are
 * {@link Problem} documents with a reason code. Amounts are integers of mon, times are milliseconds since 1970-01-01
 * UTC, hashes and keys are lower-case hexadecimal, accounts are addresses.
 *
 * <p>Besides these a node serves {@code GET /events}, a stream of server-sent events whose data are the records of
 * {@link NodeEvent}.
 */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public interface NodeApi {

    /** Packed transactions: each in its canonical bytes, one behind the other. */
    String PACKED = MediaType.APPLICATION_OCTET_STREAM;

    /** One JSON object a line. */
    String JSON_LINES = "application/x-ndjson";

    /** Path of the event stream. */
    String EVENTS_PATH = "/events";

    /** Header that carries the admin key. */
    String ADMIN_KEY_HEADER = "X-Rensa-Admin-Key";

    /**
     * A page of the canonical chain in ascending height.
     *
     * @param from lowest height of the page; without it the newest page
     * @param limit 1 to 100 blocks; a page also ends when it holds 5,000 transactions
     */
    @GET
    @Path("chain")
    ChainPage chain(@QueryParam("from") @Nullable Long from, @QueryParam("limit") @DefaultValue("20") int limit);

    /**
     * Blocks of the canonical chain in their canonical bytes, one behind the other in ascending height: how a whole chain
     * is read fast. Each is the parent of the next, also when the chain is reorganised meanwhile.
     *
     * @param from lowest height; above the tip the answer is 404
     * @param limit 1 to 1,000 blocks; a page also ends with the block that takes it beyond 4 MiB
     */
    @GET
    @Path("chain/raw")
    @Produces(PACKED)
    byte[] rawChain(
            @QueryParam("from") @DefaultValue("0") long from, @QueryParam("limit") @DefaultValue("100") int limit);

    /**
     * A page of the canonical chain's headers in ascending height, without bodies.
     *
     * @param from lowest height of the page; without it the newest page
     * @param limit 1 to 2,000 headers
     */
    @GET
    @Path("headers")
    HeadersPage headers(@QueryParam("from") @Nullable Long from, @QueryParam("limit") @DefaultValue("100") int limit);

    /** A block, on the canonical chain or not, by its hash, its canonical height, or {@code tip}. */
    @GET
    @Path("blocks/{block}")
    BlockView block(@PathParam("block") String block);

    /** The canonical bytes of a block: header, u32 count, transactions. */
    @GET
    @Path("blocks/{block}/raw")
    @Produces(PACKED)
    byte[] rawBlock(@PathParam("block") String block);

    /** A transaction, mined or in the mempool. */
    @GET
    @Path("transactions/{id}")
    TransactionView transaction(@PathParam("id") String id);

    /** Proof that a mined transaction is in a block, checkable with the block's header alone. */
    @GET
    @Path("transactions/{id}/proof")
    TransactionProofView transactionProof(@PathParam("id") String id);

    /** Why a transaction is not mined yet, or where it is; also of one that left the mempool lately or is not known. */
    @GET
    @Path("explain/transactions/{id}")
    ExplanationView explainTransaction(@PathParam("id") String id);

    /**
     * Submits a signed transaction; answers once this node's mempool has taken or refused it.
     *
     * @param dryRun whether only to tell what would become of it: nothing is taken, nobody is told
     */
    @POST
    @Path("transactions")
    @Consumes(MediaType.APPLICATION_JSON)
    CompletionStage<SubmissionView> submit(
            TransactionRequest transaction, @QueryParam("dryRun") @DefaultValue("false") boolean dryRun);

    /** Submits a signed transaction in its canonical bytes. */
    @POST
    @Path("transactions")
    @Consumes(PACKED)
    CompletionStage<SubmissionView> submitRaw(
            byte[] transaction, @QueryParam("dryRun") @DefaultValue("false") boolean dryRun);

    /** Submits up to 10,000 transactions, a {@link TransactionRequest} a line; each is answered for itself. */
    @POST
    @Path("transactions/batch")
    @Consumes(JSON_LINES)
    CompletionStage<BatchView> submitLines(byte[] lines);

    /** Submits up to 10,000 transactions in their canonical bytes; each is answered for itself. */
    @POST
    @Path("transactions/batch")
    @Consumes(PACKED)
    CompletionStage<BatchView> submitPacked(byte[] transactions);

    /**
     * A page of the mempool.
     *
     * @param order {@code fee} (highest fee a byte first) or {@code arrival} (oldest first)
     * @param sender address: its transactions alone, by nonce, whatever the order
     * @param state {@code pending} or {@code queued}; both when left out
     * @param after {@code next} of the page before
     * @param limit 1 to 1,000
     */
    @GET
    @Path("mempool")
    MempoolPage mempool(
            @QueryParam("order") @DefaultValue("fee") String order,
            @QueryParam("sender") @Nullable String sender,
            @QueryParam("state") @Nullable String state,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @DefaultValue("100") int limit);

    /** The mempool in numbers, with its limits. */
    @GET
    @Path("mempool/info")
    MempoolInfoView mempoolInfo();

    /** What to pay to be mined in the next block, within 5 and within 20. */
    @GET
    @Path("fees")
    FeesView fees();

    /** State of an account; one that never received anything has balance 0 and next nonce 0. */
    @GET
    @Path("accounts/{address}")
    AccountView account(@PathParam("address") String address);

    /**
     * State of an account at the latest committed checkpoint, checkable with the header that commits to it alone; also of
     * one that does not exist.
     */
    @GET
    @Path("accounts/{address}/proof")
    AccountProofView accountProof(@PathParam("address") String address);

    /**
     * Connected peers, and a page of every address known with the reason why it is or is not a peer.
     *
     * @param offset how many addresses to pass over, from 0
     * @param limit 1 to 1,000
     */
    @GET
    @Path("peers")
    PeersView peers(
            @QueryParam("offset") @DefaultValue("0") int offset, @QueryParam("limit") @DefaultValue("1000") int limit);

    /** What the node is, where it stands and what it does. */
    @GET
    @Path("status")
    StatusView status();

    /** The rules of the network. */
    @GET
    @Path("genesis")
    GenesisDocument genesis();

    /** Tips of all branches known, the canonical one first. */
    @GET
    @Path("forks")
    ForksView forks();

    /** Mines blocks at once, in every mode and without regard to the hash cap. An administrative call. */
    @POST
    @Path("mine")
    @Consumes(MediaType.APPLICATION_JSON)
    CompletionStage<MinedView> mine(@Nullable MineRequest request);

    /** Lets the miner run. An administrative call. */
    @POST
    @Path("mining/start")
    MiningView startMining();

    /**
     * Stops the miner. An administrative call.
     *
     * @param forSeconds after what time one that runs goes on by itself, 1 to 86,400; never when left out
     */
    @POST
    @Path("mining/stop")
    MiningView stopMining(@QueryParam("forSeconds") @Nullable Long forSeconds);

    /** Whether the node has a lab, and which of its links that disturbs. */
    @GET
    @Path("lab")
    LabView lab();

    /** Disturbs the link to one node, in place of what disturbed it before. An administrative call. */
    @PUT
    @Path("lab/links/{nodeKey}")
    @Consumes(MediaType.APPLICATION_JSON)
    CompletionStage<LabView> disturbLink(@PathParam("nodeKey") String nodeKey, LinkFaultRequest fault);

    /** The same for many links at once. An administrative call. */
    @PUT
    @Path("lab/links")
    @Consumes(MediaType.APPLICATION_JSON)
    CompletionStage<LabView> disturbLinks(LinkFaultRequest fault);

    /** Heals the link to one node; harmless if nothing disturbs it. An administrative call. */
    @DELETE
    @Path("lab/links/{nodeKey}")
    CompletionStage<LabView> healLink(@PathParam("nodeKey") String nodeKey);

    /** Heals all links. An administrative call. */
    @DELETE
    @Path("lab/links")
    CompletionStage<LabView> healLinks();
}
