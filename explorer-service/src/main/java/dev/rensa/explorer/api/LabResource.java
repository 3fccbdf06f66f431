package dev.rensa.explorer.api;

import dev.rensa.explorer.api.LabRequests.LinkRequest;
import dev.rensa.explorer.api.LabRequests.MiningRequest;
import dev.rensa.explorer.api.LabRequests.SplitRequest;
import dev.rensa.explorer.lab.HashShare;
import dev.rensa.explorer.lab.LabNode;
import dev.rensa.explorer.lab.LabOrders;
import dev.rensa.explorer.lab.LabOrders.Order;
import dev.rensa.explorer.lab.OrderReport;
import dev.rensa.explorer.lab.StoryPlan;
import dev.rensa.explorer.observe.NodeView;
import dev.rensa.protocol.api.LinkFaultRequest;
import dev.rensa.protocol.api.MineRequest;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Breaking the network and mending it. What changes something is administrative. */
@Path("/api/lab")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class LabResource {

    private final LabOrders orders;
    private final LabReader reader;
    private final AdminGuard guard;

    LabResource(LabOrders orders, LabReader reader, AdminGuard guard) {
        this.orders = orders;
        this.reader = reader;
        this.guard = guard;
    }

    /** Which nodes have a lab, and what disturbs their links. */
    @GET
    @Consumes(MediaType.WILDCARD)
    public LabInfo lab() {
        return reader.lab();
    }

    /**
     * What an attacker can do.
     *
     * @param share of all hashes, 0 to 1
     * @param attackers keys of nodes, separated by commas, whose share is reckoned instead
     */
    @GET
    @Path("odds")
    @Consumes(MediaType.WILDCARD)
    public OddsInfo odds(
            @QueryParam("share") @Nullable Double share, @QueryParam("attackers") @Nullable String attackers) {
        if (attackers != null) {
            return reader.oddsOf(reader.named("attackers", Arrays.asList(attackers.split(",", -1))));
        }
        if (share == null || !(share >= 0 && share <= 1)) {
            throw ProblemException.badRequest(
                    "out-of-range", "share is a number from 0 to 1; or name nodes in attackers.");
        }
        return OddsInfo.of(new HashShare(share, "given"));
    }

    /** Splits the network in two. An administrative call. */
    @POST
    @Path("split")
    public OrdersInfo split(@Nullable SplitRequest wish, @Context HttpServerRequest request) {
        guard.check(request);
        SplitRequest split = required(wish);
        List<NodeView> left = reader.named("left", split.left());
        List<NodeView> right = reader.named("right", split.right());
        LabReader.requireApart(left, right);
        LabReader.requireLabs(left, right);
        return done(orders.split(left, right, Optional.ofNullable(split.forSeconds())), reader.bridges(left, right));
    }

    /** Heals every link. An administrative call. */
    @POST
    @Path("heal")
    @Consumes(MediaType.WILDCARD)
    public OrdersInfo heal(@Context HttpServerRequest request) {
        guard.check(request);
        if (!reader.isPresent()) {
            throw LabReader.noLab("No reachable node has a lab");
        }
        return done(orders.heal(), List.of());
    }

    /** Disturbs or heals the link between two nodes, in both directions. An administrative call. */
    @POST
    @Path("links")
    public OrdersInfo link(@Nullable LinkRequest wish, @Context HttpServerRequest request) {
        guard.check(request);
        LinkRequest link = required(wish);
        NodeView a = reader.named("a", link.a());
        NodeView b = reader.named("b", link.b());
        LabReader.requireApart(List.of(a), List.of(b));
        LabReader.requireLabs(List.of(a), List.of(b));
        Map<NodeView, Order> both = new LinkedHashMap<>();
        order(a, b, link, both);
        order(b, a, link, both);
        return done(orders.give(both), List.of());
    }

    private static void order(NodeView node, NodeView other, LinkRequest link, Map<NodeView, Order> both) {
        if (!LabOrders.hasLab(node)) {
            return;
        }
        if (Objects.requireNonNullElse(link.heal(), false)) {
            both.put(node, it -> it.heal(other.identity()));
        } else {
            LinkFaultRequest fault = new LinkFaultRequest(
                    List.of(other.identity()),
                    link.cut(),
                    link.delayMillis(),
                    link.jitterMillis(),
                    link.lossPercent(),
                    link.seed(),
                    link.forSeconds());
            both.put(node, it -> it.disturb(fault));
        }
    }

    /** Starts and stops miners, and mines blocks at once. An administrative call. */
    @POST
    @Path("mining")
    public OrdersInfo mining(@Nullable MiningRequest wish, @Context HttpServerRequest request) {
        guard.check(request);
        MiningRequest mining = required(wish);
        List<NodeView> nodes = reader.named("nodes", mining.nodes());
        if (!nodes.stream().allMatch(LabOrders::hasLab)) {
            throw LabReader.noLab("One of these nodes has no lab");
        }
        int blocks = Inputs.inRange("blocks", Objects.requireNonNullElse(mining.blocks(), 1), 1, StoryPlan.MAX_BLOCKS);
        Order order = switch (Objects.requireNonNullElse(mining.action(), "")) {
            case "start" -> LabNode::startMining;
            case "stop" -> node -> node.stopMining(Optional.ofNullable(mining.forSeconds()));
            case "mine" -> node -> node.mine(new MineRequest(null, blocks));
            default -> throw ProblemException.badRequest("invalid-action", "action is `start`, `stop` or `mine`.");
        };
        return done(orders.giveAll(nodes, order), List.of());
    }

    private OrdersInfo done(List<OrderReport> reports, List<String> bridges) {
        reader.changed();
        return OrdersInfo.of(reports, bridges);
    }

    static <T> T required(@Nullable T body) {
        if (body == null) {
            throw ProblemException.badRequest("no-body", "The body is missing; /q/openapi shows what it holds.");
        }
        return body;
    }
}
