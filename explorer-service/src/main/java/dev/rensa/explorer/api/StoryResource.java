package dev.rensa.explorer.api;

import dev.rensa.explorer.api.LabRequests.StoryRequest;
import dev.rensa.explorer.lab.LabOrders;
import dev.rensa.explorer.lab.StoryBook;
import dev.rensa.explorer.lab.StoryPlan;
import dev.rensa.explorer.lab.StoryView;
import dev.rensa.explorer.observe.NodeClient;
import dev.rensa.explorer.observe.NodeDirectory;
import dev.rensa.explorer.observe.NodeTroubleException;
import dev.rensa.explorer.observe.NodeView;
import dev.rensa.protocol.genesis.Genesis;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The guided story of a double spend across a partition. What changes something is administrative. */
@Path("/api/lab/story")
@Produces(MediaType.APPLICATION_JSON)
public class StoryResource {

    private static final int CONFIRMATIONS = 2;

    private final StoryBook book;
    private final LabReader reader;
    private final NodeDirectory directory;
    private final AdminGuard guard;

    StoryResource(StoryBook book, LabReader reader, NodeDirectory directory, AdminGuard guard) {
        this.book = book;
        this.reader = reader;
        this.directory = directory;
        this.guard = guard;
    }

    /** The last story as it stands. */
    @GET
    public StoryView story() {
        return book.view()
                .orElseThrow(() -> ProblemException.notFound("no-story", "No story was begun since the start."));
    }

    /** Begins a story, of which nothing happens yet. An administrative call. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public StoryView begin(@Nullable StoryRequest wish, @Context HttpServerRequest request) {
        guard.check(request);
        if (!book.begin(plan(LabResource.required(wish)), genesis())) {
            throw ProblemException.conflict(
                    "story-under-way",
                    "Another story is not over: end it first, and let its last step come to an end.");
        }
        return story();
    }

    private StoryPlan plan(StoryRequest wish) {
        List<NodeView> honest = reader.named("honest", wish.honest());
        List<NodeView> attackers = reader.named("attackers", wish.attackers());
        LabReader.requireApart(honest, attackers);
        List<String> bridges = reader.bridges(honest, attackers);
        if (!bridges.isEmpty()) {
            throw ProblemException.badRequest(
                    "bridges",
                    "Nodes on neither side would carry everything across: put " + String.join(", ", bridges)
                            + " on one of them.");
        }
        if (!Stream.concat(honest.stream(), attackers.stream()).allMatch(LabOrders::hasLab)) {
            throw LabReader.noLab("A node of the network has no lab");
        }
        int confirmations = Inputs.inRange(
                "confirmations",
                Objects.requireNonNullElse(wish.confirmations(), CONFIRMATIONS),
                1,
                StoryPlan.MAX_BLOCKS);
        int attackerBlocks = Inputs.inRange(
                "attackerBlocks",
                Objects.requireNonNullElse(wish.attackerBlocks(), Math.min(confirmations + 1, StoryPlan.MAX_BLOCKS)),
                1,
                StoryPlan.MAX_BLOCKS);
        return new StoryPlan(honest, attackers, confirmations, attackerBlocks, reader.shareOf(attackers));
    }

    private Genesis genesis() {
        for (NodeView node : directory.bestFirst()) {
            NodeClient client = directory.client(node).orElse(null);
            try {
                if (client != null) {
                    return client.genesis();
                }
            } catch (NodeTroubleException e) {
                // The next one is asked.
            }
        }
        throw ProblemException.unavailable("no-node-answers", "No node tells the rules of the network.");
    }

    /** Takes the next step; {@code GET} tells when it is done. An administrative call. */
    @POST
    @Path("next")
    public StoryView next(@Context HttpServerRequest request) {
        guard.check(request);
        if (!book.next()) {
            throw ProblemException.conflict(
                    "no-step", "There is no story, one of its steps is under way, or it is over.");
        }
        reader.changed();
        return story();
    }

    /** Ends the story: links are healed, and the miners that it stopped go on. An administrative call. */
    @DELETE
    public StoryView end(@Context HttpServerRequest request) {
        guard.check(request);
        book.end();
        reader.changed();
        return story();
    }
}
