package dev.rensa.protocol.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How to disturb links. At least one of {@code cut}, {@code delayMillis}, {@code jitterMillis} and {@code lossPercent} must
 * ask for something; {@code cut} stands alone.
 *
 * @param nodeKeys whose links, 1 to 1,024; left out where the path names one
 * @param cut whether to close the link and make none
 * @param delayMillis how long to hold back each message, 0 to 10,000
 * @param jitterMillis how much longer at most, 0 to 10,000
 * @param lossPercent of how many messages in a hundred not to send, 0 to 100
 * @param seed of the draws; the node chooses one when left out
 * @param forSeconds after what time it heals by itself, 1 to 86,400; never when left out
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LinkFaultRequest(
        @Nullable List<String> nodeKeys,
        @Nullable Boolean cut,
        @Nullable Integer delayMillis,
        @Nullable Integer jitterMillis,
        @Nullable Integer lossPercent,
        @Nullable Long seed,
        @Nullable Long forSeconds) {

    /** A cut that stands until it is healed. */
    public static LinkFaultRequest cut(List<String> nodeKeys) {
        return new LinkFaultRequest(nodeKeys, true, null, null, null, null, null);
    }
}
