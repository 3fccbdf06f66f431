package dev.rensa.wallet.key;

import dev.rensa.protocol.crypto.PrivateKey;
import dev.rensa.protocol.crypto.PublicKey;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes wallets, adds accounts, and hands signing keys to the lanes. Safe for use by several threads. */
public final class Wallets {

    /** Keys kept decrypted: a signing wallet must not run PBKDF2 for every transfer. */
    private static final int MAX_CACHED_KEYS = 4096;

    /** Paying wallets kept, each with 1,000 accounts at most: some 40 MiB then. */
    private static final int MAX_PAYERS = 256;

    private static final Alongside ALONE = (wallet, store) -> store.run();

    private final WalletStore store;
    private final Vault vault;
    private final SecureRandom random;
    private final Clock clock;

    /** Least recently used first. Guarded by itself. Signers get copies, so that a key that leaves can be destroyed. */
    private final LinkedHashMap<PublicKey, PrivateKey> keys = new LinkedHashMap<>(16, 0.75f, true);

    /** Wallets that pay, least recently used first. Guarded by itself. */
    private final LinkedHashMap<WalletId, Wallet> payers = new LinkedHashMap<>(16, 0.75f, true);

    /** How often the vault was locked. Guarded by {@link #keys}. */
    private long locks;

    public Wallets(WalletStore store, Vault vault, SecureRandom random, Clock clock) {
        this.store = store;
        this.vault = vault;
        this.random = random;
        this.clock = clock;
        vault.onLock(this::forgetKeys);
    }

    /** A wallet with a fresh mnemonic of 12 words and no passphrase, which the caller shows once and closes. */
    public Created create(String label) {
        return create(label, 12, new char[0]);
    }

    /**
     * A wallet with a fresh mnemonic, which the caller shows once and closes.
     *
     * @param words 12 or 24
     * @param passphrase BIP-39's, empty for none; whoever restores the wallet elsewhere needs it beside the words
     */
    public Created create(String label, int words, char[] passphrase) {
        return create(label, words, passphrase, ALONE);
    }

    /** The same. */
    public Created create(String label, int words, char[] passphrase, Alongside alongside) {
        Mnemonic mnemonic = Mnemonic.generate(random, words);
        return new Created(importMnemonic(label, mnemonic, passphrase, alongside), mnemonic);
    }

    /**
     * A wallet with a mnemonic that exists already.
     *
     * @throws WalletExistsException if a wallet holds it
     */
    public Wallet importMnemonic(String label, Mnemonic mnemonic) {
        return importMnemonic(label, mnemonic, new char[0], ALONE);
    }

    /**
     * A wallet with a mnemonic that exists already; the mnemonic stays the caller's.
     *
     * @param passphrase BIP-39's, empty for none
     * @throws WalletExistsException if a wallet holds it
     */
    public Wallet importMnemonic(String label, Mnemonic mnemonic, char[] passphrase, Alongside alongside) {
        try (WalletSecret secret = new WalletSecret(copy(mnemonic), passphrase)) {
            return add(newId(), label, secret, alongside);
        }
    }

    /**
     * A wallet that shows accounts and cannot pay from them.
     *
     * @param keys 1 to {@link Wallet#MAX_ACCOUNTS}, all different
     * @throws WalletExistsException if a wallet holds one of them
     */
    public Wallet watch(String label, List<PublicKey> keys) {
        return watch(label, keys, ALONE);
    }

    /** The same. */
    public synchronized Wallet watch(String label, List<PublicKey> keys, Alongside alongside) {
        keys.forEach(this::requireUnheld);
        WalletId id = newId();
        long now = clock.millis();
        List<Account> accounts = new ArrayList<>();
        for (PublicKey key : keys) {
            accounts.add(new Account(id, accounts.size(), key, now, null));
        }
        Wallet wallet = new Wallet(id, label, now, true, accounts);
        alongside.write(wallet, () -> store.add(wallet, Optional.empty()));
        return wallet;
    }

    /** The wallet that holds this mnemonic, made under the given id when there is none yet. */
    public synchronized Wallet ensure(WalletId id, String label, Mnemonic mnemonic) {
        try (WalletSecret secret = new WalletSecret(copy(mnemonic), new char[0]);
                PrivateKey first = AccountKeys.derive(secret, 0)) {
            Optional<Wallet> known = store.payerOf(first.publicKey()).flatMap(store::find);
            return known.isPresent() ? known.get() : add(id, label, secret, ALONE);
        }
    }

    /** Renames a wallet. */
    public void rename(WalletId id, String label) {
        store.rename(id, label);
    }

    /** Names an account; null takes its name away. */
    public void rename(WalletId id, int index, @Nullable String label) {
        store.rename(id, index, label);
    }

    /**
     * Says at once what a signature would say later.
     *
     * @throws VaultLockedException if the vault is locked
     */
    public void requireUnlocked() {
        if (vault.isLocked()) {
            throw new VaultLockedException();
        }
    }

    /**
     * A wallet that has an account, for those who pay from it a thousand times a second: it is kept in memory, and its
     * labels may be older than the store's. Other replicas only ever add accounts.
     */
    public Optional<Wallet> payer(WalletId id, int index) {
        synchronized (payers) {
            Wallet known = payers.get(id);
            if (known != null && known.account(index).isPresent()) {
                return Optional.of(known);
            }
        }
        Optional<Wallet> found = store.find(id);
        found.filter(wallet -> !wallet.watchOnly()).ifPresent(wallet -> {
            synchronized (payers) {
                payers.put(id, wallet);
                if (payers.size() > MAX_PAYERS) {
                    payers.pollFirstEntry();
                }
            }
        });
        return found;
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
     * @param label for people, if it is to have one
     * @throws IllegalStateException if the wallet has {@link Wallet#MAX_ACCOUNTS} already, or only watches
     * @throws WalletExistsException if another wallet can pay from it
     */
    public synchronized Account addAccount(Wallet wallet, @Nullable String label) {
        int index = store.find(wallet.id()).orElse(wallet).accounts().size();
        if (index >= Wallet.MAX_ACCOUNTS) {
            throw new IllegalStateException(
                    "a wallet has at most " + Wallet.MAX_ACCOUNTS + " accounts: make another wallet");
        }
        try (WalletSecret secret = secret(wallet.id());
                PrivateKey key = AccountKeys.derive(secret, index)) {
            requirePayableByNobody(key.publicKey());
            Account account = new Account(wallet.id(), index, key.publicKey(), clock.millis(), label);
            if (!store.addAccount(account)) {
                throw new IllegalStateException("another request added this account at the same time: ask again");
            }
            return account;
        }
    }

    /**
     * The key that signs for an account: a copy, which the caller closes after the signature.
     *
     * @throws VaultException if the wallet's secret does not open or leads to another key
     * @throws VaultLockedException if the vault is locked
     */
    public PrivateKey signingKey(WalletId wallet, int index, PublicKey account) {
        long before = locks();
        requireUnlocked();
        synchronized (keys) {
            PrivateKey cached = keys.get(account);
            if (cached != null) {
                return cached.copy();
            }
        }
        try (WalletSecret secret = secret(wallet)) {
            PrivateKey key = AccountKeys.derive(secret, index);
            if (!key.publicKey().equals(account)) {
                key.destroy();
                throw new VaultException("the secret of wallet " + wallet + " does not belong to its account " + index
                        + ": restore the database from a backup");
            }
            keepUnlessLocked(key, before);
            return key;
        }
    }

    private synchronized Wallet add(WalletId id, String label, WalletSecret secret, Alongside alongside) {
        try (PrivateKey first = AccountKeys.derive(secret, 0)) {
            requirePayableByNobody(first.publicKey());
            long now = clock.millis();
            Wallet wallet =
                    new Wallet(id, label, now, false, List.of(new Account(id, 0, first.publicKey(), now, null)));
            byte[] bytes = secret.toBytes();
            try {
                String sealed = vault.box().seal(bytes, place(id));
                alongside.write(wallet, () -> store.add(wallet, Optional.of(sealed)));
            } finally {
                Arrays.fill(bytes, (byte) 0);
            }
            return wallet;
        }
    }

    private void requireUnheld(PublicKey key) {
        store.holderOf(key).ifPresent(holder -> {
            throw new WalletExistsException(holder);
        });
    }

    /** What another wallet only watches does not stand in the way of the one that can pay from it. */
    private void requirePayableByNobody(PublicKey key) {
        store.payerOf(key).ifPresent(holder -> {
            throw new WalletExistsException(holder);
        });
    }

    private WalletSecret secret(WalletId id) {
        String sealed = store.sealedSecret(id)
                .orElseThrow(() -> new VaultException("wallet " + id + " has no secret here: it only watches"));
        byte[] bytes = vault.box().open(sealed, place(id));
        try {
            return WalletSecret.ofBytes(bytes);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private long locks() {
        synchronized (keys) {
            return locks;
        }
    }

    /** Keeps a copy, unless the vault was locked since: a key that a signer derived meanwhile must not outlive the lock. */
    private void keepUnlessLocked(PrivateKey key, long locksBefore) {
        synchronized (keys) {
            if (locks != locksBefore) {
                return;
            }
            PrivateKey former = keys.put(key.publicKey(), key.copy());
            if (former != null) {
                former.destroy();
            }
            if (keys.size() > MAX_CACHED_KEYS) {
                Objects.requireNonNull(keys.pollFirstEntry()).getValue().destroy();
            }
        }
    }

    private void forgetKeys() {
        synchronized (keys) {
            locks++;
            keys.values().forEach(PrivateKey::destroy);
            keys.clear();
        }
    }

    /** How many keys are kept decrypted. */
    int cachedKeys() {
        synchronized (keys) {
            return keys.size();
        }
    }

    private static Mnemonic copy(Mnemonic mnemonic) {
        byte[] entropy = mnemonic.toEntropy();
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

    /** Writes a wallet together with what else must not be there without it, or it not without that. */
    public interface Alongside {
        void write(Wallet wallet, Runnable store);
    }

    /** A fresh wallet and the mnemonic that is shown once. */
    public record Created(Wallet wallet, Mnemonic mnemonic) {}
}
