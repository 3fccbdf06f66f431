package dev.rensa.node.mempool;

import dev.rensa.node.chain.Account;
import dev.rensa.protocol.money.Amount;

/**
 * What waits of one sender.
 *
 * @param account the sender at the chain's head
 * @param pendingBalance what is left of the balance behind everything pending
 * @param pendingNextNonce the lowest nonce that is not pending
 * @param transactions pending and queued
 */
public record SenderView(Account account, Amount pendingBalance, long pendingNextNonce, int transactions) {

    /** How many of them are pending. */
    int pendingCount() {
        return Math.toIntExact(pendingNextNonce - account.nextNonce());
    }
}
