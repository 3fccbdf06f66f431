package dev.rensa.wallet.received;

import java.util.List;

/**
 * What newly connected blocks brought, to be written together with them.
 *
 * @param payments in the order of the chain
 * @param confirmations blocks from the one that holds a payment to the tip, both included, that make it final
 * @param atMillis milliseconds since 1970-01-01 UTC
 */
public record Income(List<ReceivedPayment> payments, int confirmations, long atMillis) {
    public Income {
        payments = List.copyOf(payments);
    }
}
