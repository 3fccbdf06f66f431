package dev.rensa.node.api;

import dev.rensa.protocol.api.Problem;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/**
 * The sentences of {@code /q/openapi}. They stand here, since the contract's interface, of which the description is made,
 * knows no OpenAPI.
 */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public final class ApiDescription implements OASFilter {

    private static final Map<String, String> SUMMARIES = Map.ofEntries(
            Map.entry("GET /chain", "A page of the canonical chain, ascending; without `from` the newest one"),
            Map.entry("GET /chain/raw", "A page of the canonical chain from a height on, its blocks as packed bytes"),
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
            Map.entry(
                    "GET /accounts/{address}/proof",
                    "An account at the latest committed checkpoint, with a Merkle proof against a header"),
            Map.entry("GET /peers", "Connected nodes, and every other address known and why it is no peer"),
            Map.entry("GET /status", "The node at a glance"),
            Map.entry("GET /genesis", "The rules of the network"),
            Map.entry("GET /forks", "Tips of all branches known"),
            Map.entry("GET /events", "Server-sent events: blocks, reorganisations, transactions, peers"),
            Map.entry("POST /mine", "Mine blocks at once (administrative)"),
            Map.entry("POST /mining/start", "Let the miner run (administrative)"),
            Map.entry("POST /mining/stop", "Stop the miner (administrative)"),
            Map.entry("GET /lab", "Whether the node has a lab, and which of its links that disturbs"),
            Map.entry("PUT /lab/links", "Cut, delay or make lossy many links at once (administrative)"),
            Map.entry("PUT /lab/links/{nodeKey}", "Cut, delay or make lossy the link to one node (administrative)"),
            Map.entry("DELETE /lab/links", "Heal all links (administrative)"),
            Map.entry("DELETE /lab/links/{nodeKey}", "Heal the link to one node (administrative)"));

    /** What a parameter means wherever it stands, and an example of it. */
    private record Meaning(String text, Object example) {}

    private static final Map<String, Meaning> PARAMETERS = Map.ofEntries(
            Map.entry("from", new Meaning("Lowest height of the page; the newest page without it", 1_000)),
            Map.entry("offset", new Meaning("Entries to pass over", 100)),
            Map.entry("limit", new Meaning("Most entries of the page", 20)),
            Map.entry("block", new Meaning("Hash, canonical height, or `tip`", "tip")),
            Map.entry(
                    "id",
                    new Meaning(
                            "A transaction's id, 64 hexadecimal digits",
                            "5f0a3c1d9be27746f0c2aa5d1d6b8f3e4c9a7b20e1f4d3c2b1a09f8e7d6c5b4a")),
            Map.entry("address", new Meaning("An account's address", "rns1p…")),
            Map.entry("sender", new Meaning("An account's address: its transactions alone, by nonce", "rns1p…")),
            Map.entry("order", new Meaning("`fee`: highest fee a byte first; `arrival`: oldest first", "arrival")),
            Map.entry(
                    "state", new Meaning("`pending`: minable now; `queued`: waits for a nonce or for funds", "queued")),
            Map.entry("after", new Meaning("`next` of the page before", "4711-61317")),
            Map.entry("dryRun", new Meaning("Whether only to tell what would become of it; nothing is taken", true)),
            Map.entry(
                    "nodeKey",
                    new Meaning(
                            "A node's key, 64 hexadecimal digits: `nodeKey` of its status",
                            "5f0a3c1d9be27746f0c2aa5d1d6b8f3e4c9a7b20e1f4d3c2b1a09f8e7d6c5b4a")),
            Map.entry(
                    "forSeconds",
                    new Meaning("Seconds until it goes on by itself, 1 to 86,400; never without it", 900)),
            Map.entry("types", new Meaning("Which events to tell, all without it", "block,reorganisation")),
            Map.entry(
                    "Last-Event-ID",
                    new Meaning("Id of the last event seen: the stream goes on behind it", "1767225600000-42")));

    @Override
    public void filterOpenAPI(OpenAPI description) {
        description.getPaths().getPathItems().forEach((path, item) -> describe(path, item));
    }

    private static void describe(String path, PathItem item) {
        item.getOperations().forEach((method, operation) -> describe(method + " " + path, operation));
    }

    private static void describe(String name, Operation operation) {
        operation.setSummary(SUMMARIES.get(name));
        if (operation.getParameters() != null) {
            operation.getParameters().forEach(ApiDescription::describe);
        }
        operation
                .getResponses()
                .addAPIResponse(
                        "default",
                        OASFactory.createAPIResponse()
                                .description("A problem document (RFC 9457) with a reason code")
                                .content(OASFactory.createContent()
                                        .addMediaType(Problem.MEDIA_TYPE, OASFactory.createMediaType())));
    }

    private static void describe(Parameter parameter) {
        Meaning meaning = PARAMETERS.get(parameter.getName());
        if (meaning != null) {
            parameter.setDescription(meaning.text());
            parameter.setExample(meaning.example());
        }
    }
}
