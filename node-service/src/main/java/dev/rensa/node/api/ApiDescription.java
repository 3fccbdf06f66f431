package dev.rensa.node.api;

import dev.rensa.protocol.api.Problem;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;

/**
 * The sentences of {@code /q/openapi}. They stand here, since the contract's interface, of which the description is made,
 * knows no OpenAPI.
 */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public final class ApiDescription implements OASFilter {

    private static final Map<String, String> SUMMARIES = Map.ofEntries(
            Map.entry("GET /chain", "A page of the canonical chain, ascending; without `from` the newest one"),
            Map.entry("GET /blocks/{block}", "A block by hash, height or `tip`"),
            Map.entry("GET /blocks/{block}/raw", "The canonical bytes of a block"),
            Map.entry("GET /transactions/{id}", "A transaction, mined or waiting"),
            Map.entry("GET /transactions/{id}/proof", "Proof that a block holds a transaction, by its header alone"),
            Map.entry("POST /transactions", "Submit a signed transaction, as JSON or in its canonical bytes"),
            Map.entry("POST /transactions/batch", "Submit up to 10,000 transactions, as JSON lines or packed"),
            Map.entry("GET /headers", "A page of the canonical chain's headers, without bodies"),
            Map.entry(
                    "GET /explain/transactions/{id}",
                    "Why a transaction is not mined yet: its place in the order of fees, what it waits for, or why it left"),
            Map.entry("GET /mempool", "A page of the mempool by fee, by arrival, or of one sender"),
            Map.entry("GET /mempool/info", "The mempool in numbers, with its limits"),
            Map.entry("GET /fees", "What to pay to be mined in the next block, within 5 and within 20"),
            Map.entry("GET /accounts/{address}", "Balance and next nonce of an account, mined and pending"),
            Map.entry("GET /peers", "Connected nodes, and every other address known and why it is no peer"),
            Map.entry("GET /status", "The node at a glance"),
            Map.entry("GET /genesis", "The rules of the network"),
            Map.entry("GET /forks", "Tips of all branches known"),
            Map.entry("GET /events", "Server-sent events: blocks, reorganisations, transactions, peers"),
            Map.entry("POST /mine", "Mine blocks at once (administrative)"),
            Map.entry("POST /mining/start", "Let the miner run (administrative)"),
            Map.entry("POST /mining/stop", "Stop the miner (administrative)"));

    @Override
    public void filterOpenAPI(OpenAPI description) {
        description.getPaths().getPathItems().forEach((path, item) -> describe(path, item));
    }

    private static void describe(String path, PathItem item) {
        item.getOperations().forEach((method, operation) -> describe(method + " " + path, operation));
    }

    private static void describe(String name, Operation operation) {
        operation.setSummary(SUMMARIES.get(name));
        operation
                .getResponses()
                .addAPIResponse(
                        "default",
                        OASFactory.createAPIResponse()
                                .description("A problem document (RFC 9457) with a reason code")
                                .content(OASFactory.createContent()
                                        .addMediaType(Problem.MEDIA_TYPE, OASFactory.createMediaType())));
    }
}
