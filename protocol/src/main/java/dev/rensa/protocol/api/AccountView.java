package dev.rensa.protocol.api;

/**
 * An account at the tip of the canonical chain, and what the mempool would change.
 *
 * @param balance in mon, at the tip
 * @param nextNonce nonce of its next transaction by the chain alone
 * @param pendingBalance balance once everything that is pending has been mined, in mon
 * @param pendingNextNonce nonce of its next transaction behind everything that is pending
 * @param pendingTransactions how many of its own transactions wait in the mempool, queued ones included
 * @param height height of the tip that this was read at
 * @param block hash of that tip
 */
public record AccountView(
        String address,
        long balance,
        long nextNonce,
        long pendingBalance,
        long pendingNextNonce,
        int pendingTransactions,
        long height,
        String block) {}
