package dev.rensa.explorer.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened within a time, in the order in which it was told.
 *
 * @param heldFromMillis when the oldest event that is kept was told, milliseconds since 1970-01-01 UTC; absent when none is
 * @param start where every node stood before the first of these events, on the first page; absent when that was not noted
 * @param next {@code after} of the next page; absent on the last one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReplayInfo(
        long fromMillis,
        long toMillis,
        @Nullable Long heldFromMillis,
        @Nullable ReplayEvent start,
        List<ReplayEvent> events,
        @Nullable String next) {

    /**
     * An event.
     *
     * @param timeMillis when it was told
     * @param name {@code block}, {@code head}, {@code reorganisation}, {@code agreement} (only of splits and their ends) or
     *     {@code node}; {@code heads} is the name of the start
     * @param data as {@code /api/events} tells it; of the start: {@code heads} and {@code agreement}
     */
    public record ReplayEvent(
            long timeMillis, String name, @JsonRawValue String data) {}
}
