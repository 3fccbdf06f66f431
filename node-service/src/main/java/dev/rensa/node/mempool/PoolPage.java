package dev.rensa.node.mempool;

import java.util.List;
import java.util.Optional;

/**
 * A page of what waits.
 *
 * @param next where the next page begins; empty on the last one
 */
public record PoolPage(List<PooledTransaction> transactions, Optional<PageQuery.Cursor> next) {}
