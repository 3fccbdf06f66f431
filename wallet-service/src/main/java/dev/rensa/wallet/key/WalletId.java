package dev.rensa.wallet.key;

/**
 * Name of a wallet in the API.
 *
 * @param value 1 to 36 characters
 */
public record WalletId(String value) {

    /** The wallet that holds the development network's well-known funds. */
    public static final WalletId FAUCET = new WalletId("faucet");

    @Override
    public String toString() {
        return value;
    }
}
