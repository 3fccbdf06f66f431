package dev.rensa.wallet.web;

import dev.rensa.protocol.address.Address;
import dev.rensa.protocol.address.InvalidAddressException;
import dev.rensa.protocol.api.Problem;
import dev.rensa.protocol.verdict.RejectionReason;
import dev.rensa.wallet.api.Presenter;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Addresses to be scanned. An image brings no API key, and there is nothing in it but the address that was asked for. */
@Path("/accounts/{address}/qr.svg")
@Tag(name = "wallets")
public class QrResource {

    private static final String SVG = "image/svg+xml";

    /** The same address gives the same code for ever. */
    private static final String FOR_A_DAY = "private, max-age=86400";

    private final Presenter presenter;

    public QrResource(Presenter presenter) {
        this.presenter = presenter;
    }

    @GET
    @PermitAll
    @Produces(SVG)
    @Operation(summary = "An address of this network as a QR code; whether the wallet holds it does not matter")
    @APIResponse(responseCode = "200", description = "The code")
    @APIResponse(responseCode = "400", description = "invalid-address")
    public Response draw(@PathParam("address") String text) {
        try {
            Address address = Address.parse(text, presenter.prefix());
            return Response.ok(QrCode.svg(address.toString()), SVG)
                    .header(HttpHeaders.CACHE_CONTROL, FOR_A_DAY)
                    .build();
        } catch (InvalidAddressException e) {
            Problem problem = Problem.of(
                    Response.Status.BAD_REQUEST.getStatusCode(),
                    RejectionReason.INVALID_ADDRESS.code(),
                    "the address is not valid: " + e.getMessage());
            return Response.status(problem.status())
                    .type(Problem.MEDIA_TYPE)
                    .entity(problem)
                    .build();
        }
    }
}
