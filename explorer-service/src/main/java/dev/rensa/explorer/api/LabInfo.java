package dev.rensa.explorer.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.rensa.protocol.api.LabView.LinkFaultView;
import dev.rensa.protocol.api.MiningView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The labs of the network's nodes.
 *
 * @param present whether any reachable node has one
 * @param nodes all reachable nodes
 */
public record LabInfo(boolean present, List<LabNodeInfo> nodes) {

    /**
     * A node.
     *
     * @param lab whether it has a lab; a node without one obeys nobody, but others can cut their links to it
     * @param links which of its links are disturbed; absent if it has no lab or did not answer
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record LabNodeInfo(
            String nodeKey,
            String name,
            long height,
            String tip,
            boolean lab,
            MiningView mining,
            @Nullable List<LinkFaultView> links) {}
}
