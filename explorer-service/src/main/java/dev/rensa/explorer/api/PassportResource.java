package dev.rensa.explorer.api;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The transaction passport. */
@Path("/api")
@Produces(MediaType.APPLICATION_JSON)
public class PassportResource {

    private final PassportReader passports;

    PassportResource(PassportReader passports) {
        this.passports = passports;
    }

    /** When each node admitted, mined, lost and dropped a transaction, with reasons; and what nodes say of it now. */
    @GET
    @Path("tx/{id}/passport")
    public PassportInfo passport(@PathParam("id") String id) {
        return passports.passport(id);
    }
}
