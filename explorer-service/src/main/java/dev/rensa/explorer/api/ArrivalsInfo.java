package dev.rensa.explorer.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When each node that was watched took a block for its tip.
 *
 * @param arrivals earliest first; empty if nobody was watching
 */
public record ArrivalsInfo(String hash, long height, List<Arrival> arrivals) {

    /**
     * A node and its time.
     *
     * @param name what it calls itself; absent when it is not known any more
     * @param timeMillis by this explorer's clock, about, milliseconds since 1970-01-01 UTC
     * @param delayMillis since the first node had it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Arrival(String nodeKey, @Nullable String name, long timeMillis, long delayMillis) {}
}
