package dev.rensa.wallet.transfer;

import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.money.Amount;

/**
 * What is to be paid.
 *
 * @param amount at least 1 mon
 * @param validUntil last height at which it may be mined; 0 for always
 * @param memo at most 256 bytes of UTF-8
 */
public record Order(PublicKey recipient, Amount amount, Amount fee, long validUntil, String memo) {

    /**
     * What it takes from the sender.
     *
     * @throws ArithmeticException if that is beyond 2⁶³ − 1 mon
     */
    public Amount cost() {
        return amount.plus(fee);
    }
}
