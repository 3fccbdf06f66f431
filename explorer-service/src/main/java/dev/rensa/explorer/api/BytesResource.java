package dev.rensa.explorer.api;

import dev.rensa.protocol.api.TransactionProofView;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.HexFormat;

/** Esplora's paths to bytes, ids and proofs. What a hash names never changes, and is answered so. */
@Path("/api")
public class BytesResource {

    private final ChainBytes bytes;

    BytesResource(ChainBytes bytes) {
        this.bytes = bytes;
    }

    /** A header's 160 bytes in hexadecimal, as plain text. */
    @GET
    @Path("block/{hash}/header")
    @Produces(MediaType.TEXT_PLAIN)
    public Response header(@PathParam("hash") String hash, @Context Request request) {
        return Cached.forEver(request, block(hash) + "-header", () -> bytes.header(hash));
    }

    /** A block's canonical bytes. */
    @GET
    @Path("block/{hash}/raw")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    public Response raw(@PathParam("hash") String hash, @Context Request request) {
        return Cached.forEver(request, block(hash), () -> bytes.block(hash).toBytes());
    }

    /** The ids of all transactions of a block, in their order. */
    @GET
    @Path("block/{hash}/txids")
    @Produces(MediaType.APPLICATION_JSON)
    public Response transactionIds(@PathParam("hash") String hash, @Context Request request) {
        return Cached.forEver(request, block(hash) + "-txids", () -> bytes.transactionIds(hash));
    }

    /** Whether a block is on the canonical chain, and what follows it. */
    @GET
    @Path("block/{hash}/status")
    @Produces(MediaType.APPLICATION_JSON)
    public BlockStatusInfo status(@PathParam("hash") String hash) {
        return bytes.status(hash);
    }

    /** A mined transaction's canonical bytes. */
    @GET
    @Path("tx/{id}/raw")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    public Response transaction(@PathParam("id") String id, @Context Request request) {
        return Cached.forEver(request, name(id), () -> bytes.transaction(id));
    }

    /** The same in hexadecimal, as plain text. */
    @GET
    @Path("tx/{id}/hex")
    @Produces(MediaType.TEXT_PLAIN)
    public Response transactionHex(@PathParam("id") String id, @Context Request request) {
        return Cached.forEver(request, name(id) + "-hex", () -> HexFormat.of().formatHex(bytes.transaction(id)));
    }

    /** Proof (RFC 6962) that a block of the canonical chain holds a transaction. */
    @GET
    @Path("tx/{id}/merkle-proof")
    @Produces(MediaType.APPLICATION_JSON)
    public TransactionProofView proof(@PathParam("id") String id) {
        return bytes.proof(id);
    }

    /** Checked before it is written into a header of the answer. */
    private static String block(String hash) {
        return Inputs.blockHash(hash).toHex();
    }

    private static String name(String id) {
        return Inputs.transactionId(id).toHex();
    }
}
