package dev.rensa.wallet.key;

import java.util.List;
import java.util.Optional;

/**
 * A wallet without its secret.
 *
 * @param label for people, 1 to 100 characters
 * @param createdAtMillis milliseconds since 1970-01-01 UTC
 * @param watchOnly whether there is no secret: it shows balances and cannot pay
 * @param accounts at least one, in the order of their indexes; where a wallet with the secret took a watched account over,
 *     its index is missing
 */
public record Wallet(WalletId id, String label, long createdAtMillis, boolean watchOnly, List<Account> accounts) {

    /** Longest label in characters. */
    public static final int MAX_LABEL_LENGTH = 100;

    /** Most accounts of one wallet: its balance asks a node for each. */
    public static final int MAX_ACCOUNTS = 1000;

    public Optional<Account> account(int index) {
        return accounts.stream().filter(account -> account.index() == index).findFirst();
    }
}
