package dev.rensa.explorer.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of what has happened to an account, newest first.
 *
 * @param next {@code after} of the next page; absent on the last one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AccountHistoryInfo(
        List<EntryInfo> entries, @Nullable String next) {

    /**
     * An entry.
     *
     * @param kind {@code in}, {@code out}, {@code self} (a transaction to itself) or {@code reward}
     * @param timestampMillis time of the block, milliseconds since 1970-01-01 UTC
     * @param change what the account has more by it, fees counted, in mon; negative if less
     * @param transaction absent for a reward
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record EntryInfo(
            String kind,
            long height,
            String block,
            long timestampMillis,
            long change,
            @Nullable TransactionInfo transaction) {}
}
