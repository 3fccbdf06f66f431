package dev.rensa.node.chain;

import dev.rensa.protocol.money.Amount;

/**
 * State of an account.
 *
 * @param nextNonce nonce of its next transaction, which is also how many it has made
 */
public record Account(Amount balance, long nextNonce) {

    /** An account that nothing was ever sent to. */
    public static final Account EMPTY = new Account(Amount.ZERO, 0);

    /** Whether it is indistinguishable from one that never existed; such accounts are not stored. */
    public boolean isEmpty() {
        return balance.isZero() && nextNonce == 0;
    }
}
