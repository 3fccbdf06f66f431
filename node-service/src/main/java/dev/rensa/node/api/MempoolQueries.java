package dev.rensa.node.api;

import dev.rensa.node.chain.ChainView;
import dev.rensa.node.mempool.FeeEstimate;
import dev.rensa.node.mempool.Mempool;
import dev.rensa.node.mempool.MempoolLimits;
import dev.rensa.node.mempool.MempoolView;
import dev.rensa.node.mempool.PageQuery;
import dev.rensa.node.mempool.PageQuery.Cursor;
import dev.rensa.node.mempool.PageQuery.Order;
import dev.rensa.node.mempool.PoolPage;
import dev.rensa.protocol.api.FeesView;
import dev.rensa.protocol.api.FeesView.FeeEstimateView;
import dev.rensa.protocol.api.MempoolInfoView;
import dev.rensa.protocol.api.MempoolPage;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What waits, and what to pay so as not to wait for long. */
@ApplicationScoped
class MempoolQueries {

    private static final int MAX_PAGE_TRANSACTIONS = 1_000;

    /** Estimates walk over the mempool, so they are made anew no more often than this. */
    private static final long MAX_ESTIMATE_AGE_MILLIS = 1_000;

    /** As written by {@link #text}. */
    private static final Pattern CURSOR = Pattern.compile("([0-9]{1,18})(?:-([0-9]{1,19}))?");

    private static final List<String> URGENCIES = List.of("next", "soon", "relaxed");

    /** Estimates of a moment. */
    private record Estimated(long timeMillis, FeesView fees) {}

    private final ChainView chain;
    private final Mempool mempool;
    private final InstantSource clock;
    private volatile @Nullable Estimated estimated;

    MempoolQueries(ChainView chain, Mempool mempool, InstantSource clock) {
        this.chain = chain;
        this.mempool = mempool;
        this.clock = clock;
    }

    MempoolPage page(String order, @Nullable String sender, @Nullable String state, @Nullable String after, int limit) {
        RequestChecks.inRange("limit", limit, 1, MAX_PAGE_TRANSACTIONS);
        String prefix = chain.genesis().addressPrefix();
        PoolPage page = mempool.page(new PageQuery(
                order(order),
                Optional.ofNullable(sender).map(address -> RequestChecks.account(address, prefix)),
                Optional.ofNullable(state).map(MempoolQueries::isPending),
                Optional.ofNullable(after).map(MempoolQueries::cursor),
                limit));
        MempoolView view = mempool.view();
        return new MempoolPage(
                view.pending(),
                view.queued(),
                view.bytes(),
                view.maxBytes(),
                view.minimumFee().mon(),
                page.next().map(MempoolQueries::text).orElse(null),
                page.transactions().stream()
                        .map(pooled -> TransactionViews.waiting(pooled, prefix))
                        .toList());
    }

    MempoolInfoView info() {
        MempoolView view = mempool.view();
        MempoolLimits limits = mempool.limits();
        return new MempoolInfoView(
                view.pending(),
                view.queued(),
                view.bytes(),
                view.isFull(),
                view.minimumFee().mon(),
                view.minimumFeePerKib(),
                limits.maxBytes(),
                limits.maxPerSender(),
                limits.maxNonceGap(),
                limits.expiryMillis(),
                chain.genesis().maxBlockBytes());
    }

    FeesView fees() {
        long now = clock.millis();
        long height = chain.head().height();
        Estimated last = estimated;
        if (last != null
                && last.fees().height() == height
                && Math.abs(now - last.timeMillis()) < MAX_ESTIMATE_AGE_MILLIS) {
            return last.fees();
        }
        List<FeeEstimate> estimates = mempool.estimateFees();
        FeesView fees = new FeesView(
                height,
                chain.genesis().minimumFee().mon(),
                estimates.stream()
                        .map(estimate -> view(estimate, URGENCIES.get(estimates.indexOf(estimate))))
                        .toList());
        estimated = new Estimated(now, fees);
        return fees;
    }

    private static FeeEstimateView view(FeeEstimate estimate, String urgency) {
        return new FeeEstimateView(
                urgency,
                estimate.blocks(),
                estimate.feePerKib(),
                estimate.transferFee().mon(),
                estimate.basis().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    private static Order order(String text) {
        return switch (text) {
            case "fee" -> Order.FEE;
            case "arrival" -> Order.ARRIVAL;
            default -> throw RequestChecks.malformed("`order` must be `fee` or `arrival`");
        };
    }

    private static boolean isPending(String state) {
        return switch (state) {
            case "pending" -> true;
            case "queued" -> false;
            default -> throw RequestChecks.malformed("`state` must be `pending` or `queued`");
        };
    }

    private static String text(Cursor cursor) {
        return cursor.feeRate().isPresent()
                ? cursor.key() + "-" + cursor.feeRate().getAsLong()
                : Long.toString(cursor.key());
    }

    private static Cursor cursor(String text) {
        Matcher matcher = CURSOR.matcher(text);
        if (matcher.matches()) {
            try {
                return new Cursor(
                        Long.parseLong(matcher.group(1)),
                        matcher.group(2) == null
                                ? OptionalLong.empty()
                                : OptionalLong.of(Long.parseLong(matcher.group(2))));
            } catch (NumberFormatException e) {
                // Answered below, like all that no page ever named.
            }
        }
        throw RequestChecks.malformed("`after` must be the `next` of the page before, as it was given");
    }
}
