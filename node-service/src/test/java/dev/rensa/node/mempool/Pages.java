package dev.rensa.node.mempool;

import dev.rensa.node.mempool.PageQuery.Cursor;
import dev.rensa.node.mempool.PageQuery.Order;
import dev.rensa.protocol.crypto.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a mempool page by page to its end. */
final class Pages {

    private Pages() {}

    static List<PooledTransaction> byFee(Mempool mempool) {
        return all(mempool, Order.FEE, Optional.empty(), Optional.empty(), 7);
    }

    static List<PooledTransaction> all(
            Mempool mempool, Order order, Optional<PublicKey> sender, Optional<Boolean> pending, int limit) {
        List<PooledTransaction> all = new ArrayList<>();
        Optional<Cursor> after = Optional.empty();
        do {
            PoolPage page = mempool.page(new PageQuery(order, sender, pending, after, limit));
            all.addAll(page.transactions());
            after = page.next();
        } while (after.isPresent());
        return all;
    }
}
