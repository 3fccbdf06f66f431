package dev.rensa.explorer.api;

import dev.rensa.explorer.api.ArrivalsInfo.Arrival;
import dev.rensa.explorer.api.ReplayInfo.ReplayEvent;
import dev.rensa.explorer.history.HistoryStore;
import dev.rensa.explorer.history.Told;
import dev.rensa.explorer.observe.NodeDirectory;
import dev.rensa.explorer.tree.TreeBlock;
import dev.rensa.explorer.tree.TreeKeeper;
import dev.rensa.protocol.crypto.BlockHash;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What was seen and when, as far as it is kept. */
@Path("/api")
@Produces(MediaType.APPLICATION_JSON)
public class ReplayResource {

    private static final int MAX_PAGE = 2_000;
    private static final long HOUR_MILLIS = 3_600_000;
    private static final Pattern CURSOR = Pattern.compile("([0-9]{1,18})-([0-9]{1,18})");

    private final HistoryStore history;
    private final ChainReader chain;
    private final TreeKeeper tree;
    private final NodeDirectory directory;

    ReplayResource(HistoryStore history, ChainReader chain, TreeKeeper tree, NodeDirectory directory) {
        this.history = history;
        this.chain = chain;
        this.tree = tree;
        this.directory = directory;
    }

    /**
     * The events between two times, in the order in which they were told. The first page begins with where every node
     * stood, and with all events since then.
     *
     * @param from milliseconds since 1970-01-01 UTC; an hour ago if absent
     * @param to included; now if absent
     * @param after {@code next} of the page before
     * @param limit 1 to 2,000
     */
    @GET
    @Path("replay")
    public ReplayInfo replay(
            @QueryParam("from") @Nullable Long from,
            @QueryParam("to") @Nullable Long to,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @DefaultValue("1000") int limit) {
        Inputs.inRange("limit", limit, 1, MAX_PAGE);
        long end = to == null ? System.currentTimeMillis() : to;
        long begin = from == null ? end - HOUR_MILLIS : from;
        if (begin < 0 || begin > end) {
            throw ProblemException.badRequest(
                    "out-of-range", "from is 0 to `to`, in milliseconds, not " + begin + " with `to` " + end + ".");
        }
        BlockHash network = chain.cursor().network();
        Optional<Told> start = after == null ? history.keyframe(network, begin) : Optional.empty();
        long time = start.map(Told::timeMillis).orElse(begin);
        long number = 0;
        if (after != null) {
            Matcher cursor = CURSOR.matcher(after);
            if (!cursor.matches()) {
                throw ProblemException.badRequest(
                        "invalid-cursor", "after is `next` of the page before, and nothing else.");
            }
            time = Long.parseLong(cursor.group(1));
            number = Long.parseLong(cursor.group(2));
        }
        List<Told> told = history.told(network, time, end, number, limit);
        String next = told.size() < limit
                ? null
                : told.getLast().timeMillis() + "-" + told.getLast().number();
        return new ReplayInfo(
                begin,
                end,
                history.oldestMillis(network).orElse(null),
                start.map(ReplayResource::event).orElse(null),
                told.stream().map(ReplayResource::event).toList(),
                next);
    }

    private static ReplayEvent event(Told told) {
        return new ReplayEvent(told.timeMillis(), told.name(), told.json());
    }

    /** When each node that was watched took a block, on whatever branch, for its tip. */
    @GET
    @Path("block/{hash}/arrivals")
    public ArrivalsInfo arrivals(@PathParam("hash") String hashText) {
        BlockHash hash = Inputs.blockHash(hashText);
        TreeBlock block = tree.snapshot()
                .block(hash)
                .or(() -> history.block(chain.cursor().network(), hash))
                .orElseThrow(() -> ProblemException.notFound(
                        "unknown-block",
                        "It is not known when nodes had block " + hash
                                + ": none was watched then, or it is too long ago."));
        Map<String, String> names = new HashMap<>();
        directory
                .views()
                .forEach(view -> view.report()
                        .ifPresent(report -> names.put(
                                report.status().nodeKey(), report.status().name())));
        long first = block.firstSeen().map(Map.Entry::getValue).orElse(0L);
        return new ArrivalsInfo(
                hash.toHex(),
                block.height(),
                block.arrivals().entrySet().stream()
                        .sorted(Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                        .map(arrival -> new Arrival(
                                arrival.getKey(),
                                names.get(arrival.getKey()),
                                arrival.getValue(),
                                arrival.getValue() - first))
                        .toList());
    }
}
