package dev.rensa.explorer.web;

import dev.rensa.explorer.api.LabInfo;
import dev.rensa.explorer.api.LabReader;
import dev.rensa.explorer.api.NetworkReader;
import dev.rensa.explorer.lab.StoryBook;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The page of the lab. What it shows is whole without JavaScript; its orders go to the API, and need it. */
@Path("/lab")
@Produces(MediaType.TEXT_HTML)
public class LabPages {

    private final PageDesk desk;
    private final LabReader lab;
    private final StoryBook stories;
    private final NetworkReader network;

    LabPages(PageDesk desk, LabReader lab, StoryBook stories, NetworkReader network) {
        this.desk = desk;
        this.lab = lab;
        this.stories = stories;
        this.network = network;
    }

    @GET
    public Response lab(@Context HttpServerRequest request) {
        return desk.page(request, "lab", reader -> {
            LabInfo info = lab.lab();
            return Pages.lab(
                    info,
                    (info.nodes().size() + 1) / 2,
                    DisturbedLink.of(info),
                    network.agreement(),
                    stories.view().orElse(null),
                    reader.ages());
        });
    }
}
