package dev.rensa.wallet.key;

import dev.rensa.protocol.crypto.PrivateKey;
import dev.rensa.protocol.crypto.PublicKey;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Makes wallets, adds accounts, and hands signing keys to the lanes. Safe for use by several threads. */
public final class Wallets {

    /** Keys kept decrypted: a signing wallet must not run PBKDF2 for every transfer. */
    private static final int MAX_CACHED_KEYS = 4096;

    private final WalletStore store;
    private final SecretBox box;
    private final SecureRandom random;
    private final Clock clock;

    /** Least recently used leaves first. Guarded by itself. A key that left is not destroyed: a signer may hold it still. */
    private final Map<PublicKey, PrivateKey> keys = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<PublicKey, PrivateKey> eldest) {
            return size() > MAX_CACHED_KEYS;
        }
    };

    public Wallets(WalletStore store, SecretBox box, SecureRandom random, Clock clock) {
        this.store = store;
        this.box = box;
        this.random = random;
        this.clock = clock;
    }

    /** A wallet with a fresh mnemonic of 12 words, which the caller shows once and closes. */
    public Created create(String label) {
        Mnemonic mnemonic = Mnemonic.generate(random);
        return new Created(add(newId(), label, mnemonic), mnemonic);
    }

    /**
     * A wallet with a mnemonic that exists already.
     *
     * @throws WalletExistsException if a wallet holds it
     */
    public Wallet importMnemonic(String label, Mnemonic mnemonic) {
        return add(newId(), label, mnemonic);
    }

    /** The wallet that holds this mnemonic, made under the given id when there is none yet. */
    public synchronized Wallet ensure(WalletId id, String label, Mnemonic mnemonic) {
        try (PrivateKey first = AccountKeys.derive(mnemonic, 0)) {
            Optional<Wallet> known = store.holderOf(first.publicKey()).flatMap(store::find);
            return known.isPresent() ? known.get() : add(id, label, mnemonic);
        }
    }

    public Optional<Wallet> find(WalletId id) {
        return store.find(id);
    }

    /**
     * A page of wallets, oldest first.
     *
     * @param limit 1 to 1,000
     */
    public List<Wallet> list(int offset, int limit) {
        return store.list(offset, limit);
    }

    /**
     * The next account of a wallet.
     *
     * @throws IllegalStateException if the wallet has {@link Wallet#MAX_ACCOUNTS} already
     */
    public synchronized Account addAccount(Wallet wallet) {
        int index = store.find(wallet.id()).orElse(wallet).accounts().size();
        if (index >= Wallet.MAX_ACCOUNTS) {
            throw new IllegalStateException(
                    "a wallet has at most " + Wallet.MAX_ACCOUNTS + " accounts: make another wallet");
        }
        try (Mnemonic mnemonic = mnemonic(wallet.id());
                PrivateKey key = AccountKeys.derive(mnemonic, index)) {
            Account account = new Account(wallet.id(), index, key.publicKey(), clock.millis());
            if (!store.addAccount(account)) {
                throw new IllegalStateException("another request added this account at the same time: ask again");
            }
            return account;
        }
    }

    /**
     * The key that signs for an account. It belongs to this object: the caller does not destroy it.
     *
     * @throws VaultException if the wallet's secret does not open or leads to another key
     */
    public PrivateKey signingKey(WalletId wallet, int index, PublicKey account) {
        synchronized (keys) {
            PrivateKey cached = keys.get(account);
            if (cached != null) {
                return cached;
            }
        }
        try (Mnemonic mnemonic = mnemonic(wallet)) {
            PrivateKey key = AccountKeys.derive(mnemonic, index);
            if (!key.publicKey().equals(account)) {
                throw new VaultException("the secret of wallet " + wallet + " does not belong to its account " + index
                        + ": restore the database from a backup");
            }
            synchronized (keys) {
                keys.put(account, key);
            }
            return key;
        }
    }

    private synchronized Wallet add(WalletId id, String label, Mnemonic mnemonic) {
        try (PrivateKey first = AccountKeys.derive(mnemonic, 0)) {
            store.holderOf(first.publicKey()).ifPresent(holder -> {
                throw new WalletExistsException(holder);
            });
            long now = clock.millis();
            Wallet wallet = new Wallet(id, label, now, List.of(new Account(id, 0, first.publicKey(), now)));
            byte[] entropy = mnemonic.toEntropy();
            try {
                store.add(wallet, box.seal(entropy, place(id)));
            } finally {
                Arrays.fill(entropy, (byte) 0);
            }
            return wallet;
        }
    }

    private Mnemonic mnemonic(WalletId id) {
        String sealed = store.sealedEntropy(id)
                .orElseThrow(() -> new VaultException("wallet " + id + " has no sealed secret in the database"));
        byte[] entropy = box.open(sealed, place(id));
        try {
            return Mnemonic.ofEntropy(entropy);
        } finally {
            Arrays.fill(entropy, (byte) 0);
        }
    }

    private static String place(WalletId id) {
        return "wallet/" + id;
    }

    private static WalletId newId() {
        return new WalletId(UUID.randomUUID().toString());
    }

    /** A fresh wallet and the mnemonic that is shown once. */
    public record Created(Wallet wallet, Mnemonic mnemonic) {}
}
