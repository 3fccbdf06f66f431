package dev.rensa.wallet.api;

import dev.rensa.wallet.access.KeyRing;
import dev.rensa.wallet.node.Nodes;
import dev.rensa.wallet.transfer.Tracker;
import dev.rensa.wallet.transfer.TransferDesk;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The wallet at a glance. */
@Path("/status")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "status")
public class StatusResource {

    private final Nodes nodes;
    private final TransferDesk desk;
    private final Faucet faucet;
    private final Presenter presenter;
    private final Tracker.Settings settings;
    private final KeyRing ring;
    private final Clock clock;

    public StatusResource(
            Nodes nodes,
            TransferDesk desk,
            Faucet faucet,
            Presenter presenter,
            Tracker.Settings settings,
            KeyRing ring,
            Clock clock) {
        this.nodes = nodes;
        this.desk = desk;
        this.faucet = faucet;
        this.presenter = presenter;
        this.settings = settings;
        this.ring = ring;
        this.clock = clock;
    }

    @GET
    @RolesAllowed("reader")
    @Operation(summary = "The network, the nodes with their health, and how many transfers are under way")
    public Views.StatusView status() {
        return new Views.StatusView(
                nodes.network().isPresent() && !nodes.usable().isEmpty(),
                nodes.network().map(presenter::network).orElse(null),
                nodes.health().stream().map(presenter::node).toList(),
                desk.openCount(),
                presenter.followedHeight(),
                settings.confirmations(),
                faucet.wallet()
                        .map(wallet ->
                                presenter.address(wallet.accounts().getFirst().key()))
                        .orElse(null),
                ring.isOpen() ? "loopback" : "keys",
                clock.millis());
    }
}
