package dev.rensa.wallet.transfer;

import dev.rensa.wallet.received.ReceivedPayment;

/**
 * A step of a received payment.
 *
 * @param payment as it stood behind this step
 */
public record ReceivedNotice(long sequence, long atMillis, ReceivedPayment payment) implements Notice {

    @Override
    public NoticeType type() {
        return NoticeType.of(payment.state());
    }

    @Override
    public String name() {
        return payment.id() + "-" + payment.version() + "-" + atMillis;
    }
}
