package dev.rensa.explorer.index;

import dev.rensa.protocol.crypto.PublicKey;
import java.util.List;
import java.util.Optional;

/**
 * What has happened to an account: transactions and rewards. From any thread; all methods throw {@link IndexStoreException}
 * when the database fails.
 */
public interface AccountHistory {

    /** Behind every entry that there is, or will be. */
    long END = Long.MAX_VALUE;

    /**
     * A page, newest first.
     *
     * @param before place of the last entry of the page before; {@link #END} for the first page
     */
    Page page(PublicKey key, long before, int limit);

    /** The account with its newest entries, of one moment; empty for an account that nothing has happened to. */
    Optional<Account> account(PublicKey key, int limit);

    /**
     * Entries, newest first.
     *
     * @param last place of the last of them; {@link #END} if there are none
     */
    record Page(List<AccountEntry> entries, long last) {}

    /**
     * An account and what led to its balance.
     *
     * @param whole whether these are all of its entries
     */
    record Account(IndexedAccount state, long height, List<AccountEntry> entries, boolean whole) {}
}
