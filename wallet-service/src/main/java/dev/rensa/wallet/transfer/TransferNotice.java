package dev.rensa.wallet.transfer;

import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.wallet.key.WalletId;
import org.jspecify.annotations.Nullable;

/**
 * A step of a transfer with what never changes of it: the same whenever it is read.
 *
 * @param sequence its place among all steps, from 1
 */
public record TransferNotice(
        long sequence,
        TransferEvent event,
        BlockHash network,
        WalletId wallet,
        int account,
        PublicKey sender,
        String kind,
        Order order,
        @Nullable String idempotencyKey)
        implements Notice {

    @Override
    public NoticeType type() {
        return NoticeType.of(event.state());
    }

    @Override
    public long atMillis() {
        return event.atMillis();
    }

    @Override
    public String name() {
        return event.transfer() + "-" + event.version() + "-" + event.atMillis();
    }
}
