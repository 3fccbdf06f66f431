package dev.rensa.wallet.received;

import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.Hash;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.wallet.key.Account;
import dev.rensa.wallet.key.WalletId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was received, as it can be read; it is written together with the blocks that bring it. Safe for use by several
 * threads. Every method throws {@code StoreException} when the storage fails.
 */
public interface ReceivedStore {

    /** Most keys of one {@link #owners}. */
    int MAX_KEYS = 500;

    /**
     * Those of the keys that are accounts here.
     *
     * @param keys at most {@link #MAX_KEYS}
     */
    Map<PublicKey, Account> owners(Collection<PublicKey> keys);

    /**
     * A page of what a wallet received on a network, highest block first.
     *
     * @param account of this account alone, when given
     * @param before only what stands behind this one, when given
     * @param limit 1 to 1,000
     */
    List<ReceivedPayment> list(
            BlockHash network,
            WalletId wallet,
            @Nullable PublicKey account,
            @Nullable ReceivedPayment before,
            int limit);

    /** The search through older blocks that is under way, if one is. */
    Optional<Search> search(BlockHash network);

    /** Has older blocks looked through from the first one on, anew if that is under way. */
    void requestSearch(BlockHash network);

    /** The same on each network that is known. */
    void requestSearches();

    /** Whether there is any account that could have received something. */
    boolean hasAccounts();

    /** One of them, by its transaction or, for a reward, its block. */
    Optional<ReceivedPayment> find(BlockHash network, WalletId wallet, Hash id);
}
