package dev.rensa.wallet.transfer;

import dev.rensa.wallet.key.WalletId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All steps of all transfers and received payments in the order of their commits: behind a number that was seen, none below it appears any more,
 * however many processes write. Every method throws {@link StoreException} when the storage fails.
 */
public interface TransferFeed {

    /** Most numbers that one page looks through, so that a filter that nothing passes holds up nobody. */
    long MAX_SPAN = 10_000;

    /**
     * What is wanted.
     *
     * @param wallet of this wallet alone
     * @param transfer of this transfer alone
     * @param types of one of these alone; all if empty
     */
    record Filter(@Nullable WalletId wallet, @Nullable TransferId transfer, Set<NoticeType> types) {

        public static final Filter ALL = new Filter(null, null, Set.of());

        public Filter {
            types = Set.copyOf(types);
        }
    }

    /**
     * A page.
     *
     * @param upTo number up to which all that is wanted has been seen with it
     */
    record Page(List<Notice> notices, long upTo) {}

    /** The number of the last step; 0 before the first. */
    long last();

    /** Another one since the wallet was restored from a backup: its numbers are not those of its former self. */
    long epoch();

    /**
     * What is wanted of the steps above a number.
     *
     * @param limit 1 to 1,000
     */
    Page after(long sequence, Filter filter, int limit);
}
