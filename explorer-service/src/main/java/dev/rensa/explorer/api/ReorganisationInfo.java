package dev.rensa.explorer.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.rensa.explorer.tree.Reorganisation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A node left a branch for another one.
 *
 * @param timeMillis milliseconds since 1970-01-01 UTC
 * @param fork hash of the last block that both branches share
 * @param from tip that was left
 * @param to tip that the node has instead
 * @param depth blocks that were taken back
 * @param returnedTransactions transactions of those that wait again; absent if only polling showed the change
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReorganisationInfo(
        String nodeKey,
        String name,
        long timeMillis,
        String fork,
        long forkHeight,
        String from,
        long fromHeight,
        String to,
        long toHeight,
        int depth,
        @Nullable Integer returnedTransactions) {

    /**
     * A page, newest first.
     *
     * @param next {@code after} of the next page; absent on the last one
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Page(
            List<ReorganisationInfo> reorganisations,
            @Nullable String next) {}

    static ReorganisationInfo of(Reorganisation change) {
        return new ReorganisationInfo(
                change.nodeKey(),
                change.node(),
                change.timeMillis(),
                change.fork().toHex(),
                change.forkHeight(),
                change.from().toHex(),
                change.fromHeight(),
                change.to().toHex(),
                change.toHeight(),
                change.depth(),
                change.returned());
    }
}
