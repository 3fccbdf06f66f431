package dev.rensa.wallet.api;

import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.wallet.key.Mnemonic;
import dev.rensa.wallet.key.Wallet;
import dev.rensa.wallet.key.WalletSecret;
import dev.rensa.wallet.key.Wallets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the kind of wallet that a request asks for. */
final class WalletMaker {

    private static final int DEFAULT_WORDS = 12;

    private final Wallets wallets;
    private final Presenter presenter;

    WalletMaker(Wallets wallets, Presenter presenter) {
        this.wallets = wallets;
        this.presenter = presenter;
    }

    Views.WalletView make(String label, Requests.NewWallet request, Wallets.Alongside alongside) {
        List<String> addresses = request.addresses();
        if (addresses != null) {
            return watch(label, request, addresses, alongside);
        }
        char[] passphrase = passphrase(request.passphrase());
        try {
            return make(label, request, passphrase, alongside);
        } finally {
            Arrays.fill(passphrase, '\0');
        }
    }

    private Views.WalletView make(
            String label, Requests.NewWallet request, char[] passphrase, Wallets.Alongside alongside) {
        String words = request.mnemonic();
        if (words != null) {
            if (request.words() != null) {
                throw ApiProblem.malformed("the field `words` is for fresh mnemonics: leave it out beside `mnemonic`");
            }
            try (Mnemonic mnemonic = Mnemonic.parse(words)) {
                return presenter.wallet(wallets.importMnemonic(label, mnemonic, passphrase, alongside), (String) null);
            }
        }
        int count = request.words() == null ? DEFAULT_WORDS : request.words();
        Wallets.Created created = wallets.create(label, count, passphrase, alongside);
        try (Mnemonic mnemonic = created.mnemonic()) {
            return presenter.wallet(created.wallet(), mnemonic.words());
        }
    }

    private Views.WalletView watch(
            String label, Requests.NewWallet request, List<String> addresses, Wallets.Alongside alongside) {
        if (request.mnemonic() != null || request.words() != null || request.passphrase() != null) {
            throw ApiProblem.malformed("a wallet of `addresses` only watches: leave the mnemonic's fields out");
        }
        if (addresses.isEmpty() || addresses.size() > Wallet.MAX_ACCOUNTS) {
            throw ApiProblem.malformed("the field `addresses` holds 1 to " + Wallet.MAX_ACCOUNTS + " addresses");
        }
        List<PublicKey> keys = addresses.stream()
                .map(address -> RequestReader.address(address, "addresses", presenter.prefix()))
                .distinct()
                .toList();
        return presenter.wallet(wallets.watch(label, keys, alongside), (String) null);
    }

    private static char[] passphrase(@Nullable String passphrase) {
        if (passphrase != null && passphrase.length() > WalletSecret.MAX_PASSPHRASE_LENGTH) {
            throw ApiProblem.malformed(
                    "the field `passphrase` has at most " + WalletSecret.MAX_PASSPHRASE_LENGTH + " characters");
        }
        return passphrase == null ? new char[0] : passphrase.toCharArray();
    }
}
