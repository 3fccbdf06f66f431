package dev.rensa.explorer.api;

import dev.rensa.explorer.index.ChainIndexer;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The index itself: how far it is, and building it anew. */
@Path("/api/index")
@Produces(MediaType.APPLICATION_JSON)
public class IndexResource {

    private final NetworkReader network;
    private final ChainIndexer indexer;
    private final AdminGuard guard;

    IndexResource(NetworkReader network, ChainIndexer indexer, AdminGuard guard) {
        this.network = network;
        this.indexer = indexer;
        this.guard = guard;
    }

    /** How far the index is, and how fast it comes on. */
    @GET
    public StatusInfo.IndexInfo index() {
        return network.index();
    }

    /** Throws the index away and builds it anew from the nodes. An administrative call. */
    @POST
    @Path("rebuild")
    public Response rebuild(@Context HttpServerRequest request) {
        guard.check(request);
        indexer.rebuild();
        return Response.accepted(network.index()).build();
    }
}
