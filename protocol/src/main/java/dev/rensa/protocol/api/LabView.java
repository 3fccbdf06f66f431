package dev.rensa.protocol.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lab of a node: faults of its own links that its operator ordered.
 *
 * @param enabled whether the node has a lab ({@code rensa.lab.enabled})
 * @param links those that are disturbed, in the order of ordering
 */
public record LabView(boolean enabled, List<LinkFaultView> links) {

    /**
     * One disturbed link. Delay and loss concern what this node sends; the other side's messages are that side's affair.
     *
     * @param nodeKey whose link
     * @param cut whether there is none
     * @param delayMillis how long each message is held back
     * @param jitterMillis how much longer at most, drawn for each message
     * @param lossPercent of how many messages in a hundred are not sent
     * @param seed of the draws
     * @param untilMillis when it heals by itself; absent if only an order heals it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record LinkFaultView(
            String nodeKey,
            boolean cut,
            int delayMillis,
            int jitterMillis,
            int lossPercent,
            long seed,
            @Nullable Long untilMillis) {}
}
