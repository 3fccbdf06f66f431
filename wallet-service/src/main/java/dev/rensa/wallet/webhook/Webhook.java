package dev.rensa.wallet.webhook;

import dev.rensa.wallet.key.WalletId;
import dev.rensa.wallet.transfer.NoticeType;
import dev.rensa.wallet.transfer.TransferFeed;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who is told of transfers and received payments.
 *
 * @param label for people, 1 to 100 characters
 * @param types steps of these types; all if empty
 * @param wallet of this wallet alone
 * @param position number of the step up to which deliveries were made
 * @param last how the last attempt went
 */
public record Webhook(
        String id,
        String label,
        URI url,
        Set<NoticeType> types,
        @Nullable WalletId wallet,
        long position,
        long createdAtMillis,
        String createdBy,
        @Nullable Attempt last) {

    /** Most webhooks: each is looked after several times a second. */
    public static final int MAX_WEBHOOKS = 50;

    /** Highest port of a URL. */
    public static final int MAX_PORT = 65_535;

    /** Longest URL in characters. */
    public static final int MAX_URL_LENGTH = 2000;

    public Webhook {
        types = Set.copyOf(types);
    }

    /** What it wants of the steps. */
    TransferFeed.Filter filter() {
        return new TransferFeed.Filter(wallet, null, types);
    }

    /**
     * How an attempt went.
     *
     * @param result a few words, {@link #TAKEN} if it was taken
     */
    public record Attempt(long sequence, long atMillis, String result) {

        /** The receiver answered with a status from 200 to 299. */
        public static final String TAKEN = "delivered";
    }
}
