package dev.rensa.explorer.api;

import dev.rensa.protocol.codec.MalformedException;
import dev.rensa.protocol.transaction.Transaction;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What waits to be mined, what to pay, and handing a transaction over: answered by the node with the best chain. */
@Path("/api")
@Produces(MediaType.APPLICATION_JSON)
public class WaitingResource {

    /** Newest transactions that are told, as Esplora has it. */
    private static final int RECENT = 10;

    private final NodeQuestions nodes;
    private final ChainReader chain;

    WaitingResource(NodeQuestions nodes, ChainReader chain) {
        this.nodes = nodes;
        this.chain = chain;
    }

    /** Ids of what waits, highest fee a byte first; the first 1,000. */
    @GET
    @Path("mempool/txids")
    public List<String> ids() {
        return nodes.waiting("fee").stream().map(TransactionInfo::id).toList();
    }

    /** The 10 transactions that came last, newest first. */
    @GET
    @Path("mempool/recent")
    public List<TransactionInfo> recent() {
        List<TransactionInfo> waiting = nodes.waiting("arrival");
        return waiting.subList(Math.max(0, waiting.size() - RECENT), waiting.size())
                .reversed();
    }

    /** What an account has sent and is not mined yet, by nonce. */
    @GET
    @Path("address/{address}/txs/mempool")
    public List<TransactionInfo> sentBy(@PathParam("address") String address) {
        return nodes.waitingOf(chain.requireAddress(address));
    }

    /** What to pay in mon per 1,024 bytes, by the number of blocks within which it should be mined. */
    @GET
    @Path("fee-estimates")
    public Map<Integer, Long> fees() {
        Map<Integer, Long> estimates = new TreeMap<>();
        nodes.fees().estimates().forEach(estimate -> estimates.put(estimate.blocks(), estimate.feePerKib()));
        return estimates;
    }

    /** Hands a signed transaction, its canonical bytes in hexadecimal, to a node; answers its id as plain text. */
    @POST
    @Path("tx")
    @Consumes(MediaType.TEXT_PLAIN)
    @Produces(MediaType.TEXT_PLAIN)
    public String submit(String hex) {
        String digits = hex.strip();
        if (digits.length() > 2 * Transaction.MAX_BYTES) {
            throw ProblemException.badRequest(
                    "size-limit", "A transaction has at most " + 2 * Transaction.MAX_BYTES + " hexadecimal digits.");
        }
        try {
            return nodes.submit(Transaction.decode(HexFormat.of().parseHex(digits)))
                    .id();
        } catch (MalformedException e) {
            throw ProblemException.badRequest(
                    e.rejection().reason().code(), "This is no transaction: " + e.getMessage() + ".");
        } catch (IllegalArgumentException e) {
            throw ProblemException.badRequest(
                    "malformed", "A transaction is written as its canonical bytes in hexadecimal digits.");
        }
    }
}
