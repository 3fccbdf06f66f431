package dev.rensa.node.mempool;

import dev.rensa.node.mempool.PageQuery.Cursor;
import dev.rensa.protocol.crypto.PublicKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentMap;

/** Lists what waits, in pages. From any thread; what changes meanwhile may show or not, and nothing shows twice. */
final class MempoolPages {

    /** A filter that few pass must not make one request walk over everything: the page then ends early. */
    static final int MAX_LOOKED_AT = 100_000;

    private final PoolIndex index;
    private final ConcurrentMap<PublicKey, SenderQueue> senders;

    MempoolPages(PoolIndex index, ConcurrentMap<PublicKey, SenderQueue> senders) {
        this.index = index;
        this.senders = senders;
    }

    PoolPage page(PageQuery query) {
        List<PooledTransaction> found = new ArrayList<>();
        int looked = 0;
        PooledTransaction last = null;
        for (PooledTransaction entry : from(query)) {
            if (last != null && (found.size() == query.limit() || looked == MAX_LOOKED_AT)) {
                return new PoolPage(found, Optional.of(cursor(query, last)));
            }
            looked++;
            last = entry;
            if (query.pending().isEmpty() || query.pending().get() == entry.isPending()) {
                found.add(entry);
            }
        }
        return new PoolPage(found, Optional.empty());
    }

    private Collection<PooledTransaction> from(PageQuery query) {
        if (query.sender().isPresent()) {
            SenderQueue queue = senders.get(query.sender().get());
            return queue == null
                    ? List.of()
                    : queue.from(query.after().map(after -> after.key() + 1).orElse(0L));
        }
        return switch (query.order()) {
            case FEE ->
                query.after()
                        .map(after -> index.byFee()
                                .tailMap(new FeePosition(after.feeRate().orElse(Long.MAX_VALUE), after.key()), false)
                                .values())
                        .orElseGet(() -> index.byFee().values());
            case ARRIVAL ->
                index.byAge()
                        .tailMap(query.after().map(Cursor::key).orElse(-1L), false)
                        .values();
        };
    }

    private static Cursor cursor(PageQuery query, PooledTransaction last) {
        if (query.sender().isPresent()) {
            return new Cursor(last.nonce(), OptionalLong.empty());
        }
        return new Cursor(
                last.sequence(),
                query.order() == PageQuery.Order.FEE ? OptionalLong.of(last.feeRate()) : OptionalLong.empty());
    }
}
