package dev.rensa.explorer.api;

import dev.rensa.explorer.api.AccountHistoryInfo.EntryInfo;
import dev.rensa.explorer.api.BalancesInfo.PointInfo;
import dev.rensa.explorer.index.AccountEntry;
import dev.rensa.explorer.index.AccountEntry.Reward;
import dev.rensa.explorer.index.AccountEntry.Transfer;
import dev.rensa.explorer.index.AccountHistory;
import dev.rensa.explorer.index.ChainQueries;
import dev.rensa.explorer.index.IndexCursor;
import dev.rensa.explorer.index.IndexedBlock;
import dev.rensa.protocol.address.Address;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.transaction.Transaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What has happened to accounts, rewards included, for programs and pages alike. */
@ApplicationScoped
public class AccountReader {

    /** Entries a page. */
    public static final int PAGE = 25;

    /** Newest entries that a series is made of: a bound on what one question costs, some ten milliseconds. */
    static final int MAX_STEPS = 5_000;

    private final AccountHistory history;
    private final ChainQueries queries;
    private final ChainReader chain;

    AccountReader(AccountHistory history, ChainQueries queries, ChainReader chain) {
        this.history = history;
        this.queries = queries;
        this.chain = chain;
    }

    /**
     * A page of an account's history, newest first.
     *
     * @param after {@code next} of the page before, absent for the first page
     */
    public AccountHistoryInfo history(String address, @Nullable String after) {
        IndexCursor cursor = chain.cursor();
        PublicKey key = Inputs.account(address, cursor.genesis().addressPrefix());
        long before = after == null ? AccountHistory.END : Inputs.height(after);
        AccountHistory.Page page = history.page(key, before, PAGE);
        Views views = new Views(cursor);
        return new AccountHistoryInfo(
                page.entries().stream().map(entry -> entry(entry, key, views)).toList(),
                page.entries().size() < PAGE ? null : Long.toString(page.last()));
    }

    private static EntryInfo entry(AccountEntry entry, PublicKey key, Views views) {
        return new EntryInfo(
                kind(entry, key),
                entry.height(),
                entry.block().toHex(),
                entry.timestampMillis(),
                entry.changeOf(key),
                entry instanceof Transfer transfer ? views.transaction(transfer.mined()) : null);
    }

    static String kind(AccountEntry entry, PublicKey key) {
        return switch (entry) {
            case Reward _ -> "reward";
            case Transfer transfer -> {
                Transaction transaction = transfer.mined().transaction();
                boolean out = transaction.sender().equals(key);
                yield out && transaction.recipient().equals(key) ? "self" : out ? "out" : "in";
            }
        };
    }

    /**
     * An account's balance at up to so many heights, spread evenly over those at which it changed.
     *
     * @param points 2 to 1,000
     */
    public BalancesInfo balances(String address, int points) {
        IndexCursor cursor = chain.cursor();
        PublicKey key = Inputs.account(address, cursor.genesis().addressPrefix());
        String text = new Address(cursor.genesis().addressPrefix(), key).toString();
        return history.account(key, MAX_STEPS)
                .map(account -> new BalancesInfo(text, account.height(), account.whole(), series(account, key, points)))
                .orElseGet(() -> new BalancesInfo(text, chain.tipHeight(), true, List.of()));
    }

    private List<PointInfo> series(AccountHistory.Account account, PublicKey key, int points) {
        List<PointInfo> down = new ArrayList<>();
        long balance = account.state().balance();
        tip(account.height(), balance, down);
        long lowest = Long.MAX_VALUE;
        for (AccountEntry entry : account.entries()) {
            if (entry.height() < lowest) {
                lowest = entry.height();
                if (lowest < account.height()) {
                    down.add(new PointInfo(lowest, entry.timestampMillis(), balance));
                }
            }
            balance -= entry.changeOf(key);
        }
        if (account.whole()) {
            start(balance, down);
        }
        return thinned(down.reversed(), points);
    }

    private void tip(long height, long balance, List<PointInfo> down) {
        queries.blockAt(height).ifPresent(tip -> down.add(point(tip, balance)));
    }

    private void start(long balance, List<PointInfo> down) {
        queries.blockAt(0).ifPresent(block0 -> down.add(point(block0, balance)));
    }

    private static PointInfo point(IndexedBlock block, long balance) {
        return new PointInfo(block.height(), block.header().timestampMillis(), balance);
    }

    /** The first, the last, and of those between every so many. */
    static List<PointInfo> thinned(List<PointInfo> all, int points) {
        if (all.size() <= points) {
            return List.copyOf(all);
        }
        List<PointInfo> kept = new ArrayList<>(points);
        for (int i = 0; i < points; i++) {
            kept.add(all.get((int) ((long) i * (all.size() - 1) / (points - 1))));
        }
        return kept;
    }
}
