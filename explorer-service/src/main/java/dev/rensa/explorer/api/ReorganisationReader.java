package dev.rensa.explorer.api;

import dev.rensa.explorer.tree.Reorganisation;
import dev.rensa.explorer.tree.ReorganisationStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The recorded reorganisations of all nodes. */
@ApplicationScoped
public class ReorganisationReader {

    private static final int MAX_PAGE = 100;
    private static final Pattern CURSOR = Pattern.compile("([0-9]{1,18})-([0-9a-f]{64})");

    private final ReorganisationStore store;
    private final ChainReader chain;

    ReorganisationReader(ReorganisationStore store, ChainReader chain) {
        this.store = store;
        this.chain = chain;
    }

    /**
     * A page, newest first.
     *
     * @param after {@code next} of the page before
     * @param limit 1 to 100
     */
    public ReorganisationInfo.Page page(@Nullable String after, int limit) {
        Inputs.inRange("limit", limit, 1, MAX_PAGE);
        long time = Long.MAX_VALUE;
        String node = "";
        if (after != null) {
            Matcher cursor = CURSOR.matcher(after);
            if (!cursor.matches()) {
                throw ProblemException.badRequest(
                        "invalid-cursor", "after is `next` of the page before, and nothing else.");
            }
            time = Long.parseLong(cursor.group(1));
            node = cursor.group(2);
        }
        List<Reorganisation> found = store.before(chain.cursor().network(), time, node, limit);
        String next = found.size() < limit
                ? null
                : found.getLast().timeMillis() + "-" + found.getLast().nodeKey();
        return new ReorganisationInfo.Page(
                found.stream().map(ReorganisationInfo::of).toList(), next);
    }
}
