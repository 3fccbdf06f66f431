package dev.rensa.wallet.key;

import dev.rensa.protocol.crypto.PublicKey;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where wallets rest. Secrets reach it sealed. Safe for use by several threads. */
public interface WalletStore {

    /**
     * Writes a wallet, its accounts and, unless it only watches, its sealed secret in one step. With a secret it takes its
     * accounts over from wallets that only watched them; one that watches nothing more is gone.
     */
    void add(Wallet wallet, Optional<String> sealedSecret);

    /**
     * Writes a further account of a wallet with a secret, and takes it over from a wallet that only watched it; false if
     * its index is taken already.
     */
    boolean addAccount(Account account);

    Optional<Wallet> find(WalletId id);

    /** The wallet that holds an account. */
    Optional<WalletId> holderOf(PublicKey account);

    /** The wallet that can pay from an account. */
    Optional<WalletId> payerOf(PublicKey account);

    /**
     * A page of wallets in the order of their making.
     *
     * @param limit 1 to 1,000
     */
    List<Wallet> list(int offset, int limit);

    /** The sealed secret of a wallet. */
    Optional<String> sealedSecret(WalletId id);

    /** Renames a wallet. */
    void rename(WalletId id, String label);

    /** Names an account; null takes its name away. */
    void rename(WalletId id, int index, @Nullable String label);
}
