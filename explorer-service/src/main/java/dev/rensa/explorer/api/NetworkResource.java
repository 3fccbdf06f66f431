package dev.rensa.explorer.api;

import dev.rensa.explorer.link.Link;
import dev.rensa.explorer.link.LinkBook;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What no explorer of one node can tell: every node's view, and how the views fit together. */
@Path("/api")
@Produces(MediaType.APPLICATION_JSON)
public class NetworkResource {

    private final NetworkReader network;
    private final Search search;
    private final LinkBook links;

    NetworkResource(NetworkReader network, Search search, LinkBook links) {
        this.network = network;
        this.search = search;
        this.links = links;
    }

    /** Every node known, reachable or not and why. */
    @GET
    @Path("nodes")
    public List<NodeInfo> nodes() {
        return network.nodes();
    }

    /** Who is connected to whom, as the nodes say; each connection once. */
    @GET
    @Path("links")
    public List<Link> links() {
        return links.links();
    }

    /** The recent blocks of all nodes, on all branches. */
    @GET
    @Path("tree")
    public TreeInfo tree() {
        return network.tree();
    }

    /** Whether the nodes agree on one chain, and where they part. */
    @GET
    @Path("agreement")
    public AgreementInfo agreement() {
        return network.agreement();
    }

    /** What waits to be mined. */
    @GET
    @Path("mempool")
    public MempoolInfo mempool() {
        return network.mempool();
    }

    /** Looks for a height, a hash or its beginning, a transaction id, an address, a node. */
    @GET
    @Path("search")
    public SearchInfo search(@QueryParam("q") @Nullable String query) {
        return search.search(query);
    }

    /** The explorer itself: which network, how far the index is. */
    @GET
    @Path("status")
    public StatusInfo status() {
        return network.status();
    }
}
