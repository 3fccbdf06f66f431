package dev.rensa.explorer.api;

import dev.rensa.explorer.api.SearchInfo.Match;
import dev.rensa.explorer.index.ChainQueries;
import dev.rensa.explorer.index.IndexCursor;
import dev.rensa.explorer.observe.NodeDirectory;
import dev.rensa.protocol.address.Address;
import dev.rensa.protocol.address.InvalidAddressException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a person pasted or typed: a height, a hash or its beginning, a transaction id, an address or its beginning, a
 * label, a node.
 */
@ApplicationScoped
public class Search {

    /** Matches of one search; a prefix that finds more is too short to mean one of them. */
    private static final int MAX_RESULTS = 20;

    /** Longest query: an address has 90 characters at most, and people paste blanks around it. */
    static final int MAX_QUERY_CHARACTERS = 200;

    /** Hexadecimal digits from which on a prefix is looked up: shorter ones find a part of everything. */
    private static final int MIN_PREFIX_DIGITS = 4;

    private static final Pattern HEX = Pattern.compile("[0-9a-f]{" + MIN_PREFIX_DIGITS + ",64}");
    private static final Pattern HEIGHT = Pattern.compile("[0-9]{1,18}");

    private final ChainQueries queries;
    private final NodeDirectory directory;
    private final ChainReader chain;
    private final Labels labels;

    Search(ChainQueries queries, NodeDirectory directory, ChainReader chain, Labels labels) {
        this.queries = queries;
        this.directory = directory;
        this.chain = chain;
        this.labels = labels;
    }

    /** Everything that the query may mean; an empty list if nothing fits. */
    public SearchInfo search(@Nullable String typed) {
        String query = typed == null ? "" : typed.strip();
        if (query.isEmpty()) {
            throw ProblemException.badRequest(
                    "empty-query",
                    "Say what to look for: ?q= with a height, a hash, an id, an address or a node's name.");
        }
        if (query.length() > MAX_QUERY_CHARACTERS) {
            throw ProblemException.badRequest(
                    "query-too-long",
                    "A query has at most " + MAX_QUERY_CHARACTERS + " characters, this one has " + query.length()
                            + ".");
        }
        IndexCursor cursor = chain.cursor();
        String lower = query.toLowerCase(Locale.ROOT);
        List<Match> matches = new ArrayList<>();
        findHeight(lower, matches);
        findAccount(query, cursor, matches);
        findPrefix(lower, matches);
        findLabels(lower, matches);
        findNodes(lower, matches);
        return new SearchInfo(query, matches.stream().limit(MAX_RESULTS).toList());
    }

    private void findHeight(String query, List<Match> matches) {
        if (HEIGHT.matcher(query).matches()) {
            queries.blockAt(Long.parseLong(query))
                    .ifPresent(block -> matches.add(block(block.hash().toHex(), block.height())));
        }
    }

    private void findAccount(String query, IndexCursor cursor, List<Match> matches) {
        String prefix = cursor.genesis().addressPrefix();
        try {
            matches.add(account(Address.parse(query, prefix).toString()));
        } catch (InvalidAddressException e) {
            // Then it may be the beginning of one, or something else, or nothing.
            AddressPrefix.parse(query, prefix)
                    .ifPresent(range -> queries.accountsBetween(range.lowest(), range.highest(), MAX_RESULTS)
                            .forEach(key -> matches.add(account(new Address(prefix, key).toString()))));
        }
    }

    private void findLabels(String query, List<Match> matches) {
        labels.find(query)
                .forEach(found -> matches.add(
                        new Match("account", found.getValue(), found.getKey(), "/address/" + found.getValue())));
    }

    private Match account(String address) {
        String label = labels.of(address);
        return new Match("account", address, label == null ? address : label, "/address/" + address);
    }

    private void findPrefix(String query, List<Match> matches) {
        if (HEX.matcher(query).matches()) {
            queries.blocksByPrefix(query, MAX_RESULTS)
                    .forEach(block -> matches.add(block(block.hash().toHex(), block.height())));
            queries.transactionsByPrefix(query, MAX_RESULTS)
                    .forEach(id -> matches.add(new Match("transaction", id.toHex(), id.toHex(), "/tx/" + id.toHex())));
        }
    }

    private void findNodes(String query, List<Match> matches) {
        directory.views().stream().flatMap(view -> view.report().stream()).forEach(report -> {
            String name = report.status().name();
            String key = report.status().nodeKey();
            if (name.toLowerCase(Locale.ROOT).contains(query)
                    || (query.length() >= MIN_PREFIX_DIGITS && key.startsWith(query))) {
                matches.add(new Match("node", key, name, "/#node-" + key));
            }
        });
    }

    private static Match block(String hash, long height) {
        return new Match("block", hash, "#" + height, "/block/" + hash);
    }
}
