package dev.rensa.wallet.key;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the one key that all secrets are sealed with. That data key is random and rests sealed itself, under a key from the
 * operator's passphrase or master secret: another passphrase means to seal 32 bytes anew, not every wallet. While the vault
 * is locked the data key is not in memory. Safe for use by several threads.
 */
public final class Vault {

    /** Shortest passphrase in characters. */
    public static final int MIN_PASSPHRASE_LENGTH = 8;

    /** Longest passphrase in characters. */
    public static final int MAX_PASSPHRASE_LENGTH = 1024;

    /** Longest timed unlock. */
    public static final Duration MAX_UNLOCK = Duration.ofDays(1);

    /** Argon2id's memory and passes are RFC 9106's second recommendation, with one lane instead of four. */
    static final int ARGON2_MEMORY_KIB = 64 * 1024;

    static final int ARGON2_ITERATIONS = 3;

    private static final int SALT_LENGTH = 32;
    private static final String DATA_KEY_PLACE = "data-key";

    private final VaultStore store;
    private final SecureRandom random;
    private final Clock clock;
    private final List<Runnable> onLock = new CopyOnWriteArrayList<>();

    /** What was configured opens the vault again without being asked for; absent where a person must. */
    private final Optional<MasterSecret> configured;

    private final Guesses guesses;

    /** How often somebody locked it. */
    private long locks;

    private @Nullable SecretBox box;
    private byte @Nullable [] dataKey;
    private @Nullable Long lockAtMillis;

    private Vault(VaultStore store, Optional<MasterSecret> configured, SecureRandom random, Clock clock) {
        this.store = store;
        this.configured = configured;
        this.random = random;
        this.clock = clock;
        this.guesses = new Guesses(clock);
    }

    /**
     * Opens the vault, which is made on the first day.
     *
     * @throws VaultException if it was made with another secret
     */
    public static Vault open(VaultStore store, MasterSecret secret, SecureRandom random) {
        return open(store, Optional.of(secret), random, Clock.systemUTC());
    }

    /**
     * Opens the vault, which is made on the first day; without a secret it stays locked until a person brings the passphrase.
     *
     * @throws VaultException if it was made with another secret
     */
    public static Vault open(VaultStore store, Optional<MasterSecret> secret, SecureRandom random, Clock clock) {
        Vault vault = new Vault(store, secret, random, clock);
        if (secret.isPresent()) {
            byte[] key =
                    store.load().isPresent() ? vault.unseal(secret.get(), vault.record()) : vault.create(secret.get());
            vault.keep(key, null);
        }
        return vault;
    }

    /** Whether secrets can be opened now. */
    public synchronized boolean isLocked() {
        lockWhenDue();
        return box == null;
    }

    /** When it locks by itself, in milliseconds since 1970-01-01 UTC. */
    public synchronized OptionalLong lockAtMillis() {
        lockWhenDue();
        Long at = lockAtMillis;
        return at == null ? OptionalLong.empty() : OptionalLong.of(at);
    }

    /** Whether a passphrase, and not a file, opens it. */
    public boolean wantsPassphrase() {
        return record().source().equals(MasterSecret.Passphrase.SOURCE);
    }

    /** Whether the configuration brings what opens it. */
    public boolean opensByItself() {
        String source = record().source();
        return configured.filter(secret -> secret.source().equals(source)).isPresent();
    }

    /** Wipes the key from memory; what needs a secret waits or is refused from now on. */
    public synchronized void lock() {
        locks++;
        close();
    }

    /**
     * Opens the vault again. Deriving the key takes hundreds of milliseconds, in which nobody else waits.
     *
     * @param given the passphrase; without one, what is configured
     * @param duration after which it locks by itself; null for never
     * @throws VaultException if the secret is wrong or missing
     * @throws TooManyGuessesException if it must wait
     * @throws VaultLockedException if somebody locked it meanwhile: then it stays locked
     */
    public void unlock(Optional<MasterSecret> given, @Nullable Duration duration) {
        MasterSecret secret = given.or(() -> configured)
                .orElseThrow(() -> new VaultException("this wallet is opened with its passphrase: give it"));
        long before = locks();
        byte[] key = guesses.attempt(() -> unseal(secret, record()));
        synchronized (this) {
            if (locks != before) {
                Arrays.fill(key, (byte) 0);
                throw new VaultLockedException();
            }
            keep(key, duration == null ? null : clock.millis() + duration.toMillis());
        }
    }

    /**
     * Seals the data key with a new passphrase, which holds once it is {@link #install installed}. The former secret opens
     * this vault no more then; together with a copy of the former vault it still gives the data key, which stays the same.
     *
     * @param former the present passphrase; without one, what is configured
     * @throws VaultException if the former secret is wrong or missing
     * @throws TooManyGuessesException if it must wait
     */
    public Resealed reseal(Optional<MasterSecret> former, MasterSecret next) {
        MasterSecret present = former.or(() -> configured)
                .orElseThrow(
                        () -> new VaultException("give the present passphrase: without it a new one is not taken"));
        VaultRecord sealed = record();
        byte[] key = guesses.attempt(() -> unseal(present, sealed));
        try {
            return new Resealed(sealed, seal(next, key));
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /** Writes a vault that was sealed anew; false if somebody else changed it since. */
    public boolean install(Resealed resealed) {
        return store.replace(resealed.former(), resealed.next());
    }

    /** A vault and the one that is to take its place. */
    public record Resealed(VaultRecord former, VaultRecord next) {}

    /** What opens and seals secrets now. */
    synchronized SecretBox box() {
        lockWhenDue();
        SecretBox open = box;
        if (open == null) {
            throw new VaultLockedException();
        }
        return open;
    }

    /** A copy of the data key, which the caller wipes: tests look for it where it must not be. */
    public synchronized byte[] copyDataKey() {
        lockWhenDue();
        byte[] key = dataKey;
        if (key == null) {
            throw new VaultLockedException();
        }
        return key.clone();
    }

    /** Calls back whenever the vault is locked, so that derived keys leave memory too. */
    void onLock(Runnable action) {
        onLock.add(action);
    }

    private void lockWhenDue() {
        Long at = lockAtMillis;
        if (at != null && clock.millis() >= at) {
            close();
        }
    }

    private synchronized long locks() {
        return locks;
    }

    private void close() {
        wipe();
        lockAtMillis = null;
        onLock.forEach(Runnable::run);
    }

    private void keep(byte[] key, @Nullable Long lockAt) {
        wipe();
        box = new SecretBox(key, random);
        dataKey = key;
        lockAtMillis = lockAt;
    }

    private void wipe() {
        SecretBox open = box;
        if (open != null) {
            open.destroy();
        }
        byte[] key = dataKey;
        if (key != null) {
            Arrays.fill(key, (byte) 0);
        }
        box = null;
        dataKey = null;
    }

    private byte[] create(MasterSecret secret) {
        byte[] key = new byte[SecretBox.KEY_LENGTH];
        random.nextBytes(key);
        if (store.add(seal(secret, key))) {
            return key;
        }
        // Another replica was first: what it sealed meanwhile opens with its key alone.
        Arrays.fill(key, (byte) 0);
        VaultRecord first = store.load()
                .orElseThrow(() -> new VaultException("the database holds sealed wallets, but the vault that opens them"
                        + " is gone from it: restore the database from a backup"));
        return unseal(secret, first);
    }

    private VaultRecord seal(MasterSecret secret, byte[] key) {
        byte[] salt = new byte[SALT_LENGTH];
        random.nextBytes(salt);
        boolean stretched = secret.source().equals(MasterSecret.Passphrase.SOURCE);
        VaultRecord parameters = new VaultRecord(
                secret.source(),
                HexFormat.of().formatHex(salt),
                stretched ? ARGON2_MEMORY_KIB : 0,
                stretched ? ARGON2_ITERATIONS : 0,
                "");
        SecretBox outer = outerBox(parameters, secret);
        try {
            return parameters.withSealedKey(outer.seal(key, DATA_KEY_PLACE));
        } finally {
            outer.destroy();
        }
    }

    private byte[] unseal(MasterSecret secret, VaultRecord vault) {
        if (!vault.source().equals(secret.source())) {
            throw new VaultException("this wallet's secrets were sealed with a " + vault.source() + ", but a "
                    + secret.source() + " is given: set "
                    + (vault.source().equals(MasterSecret.Passphrase.SOURCE)
                            ? "rensa.wallet.passphrase, or neither to unlock by hand"
                            : "rensa.wallet.master-secret-file"));
        }
        SecretBox outer = outerBox(vault, secret);
        try {
            return outer.open(vault.sealedKey(), DATA_KEY_PLACE);
        } catch (VaultException e) {
            throw new WrongSecretException(
                    "the given " + vault.source()
                            + " does not open this wallet's secrets: it is not the one that they were sealed with",
                    e);
        } finally {
            outer.destroy();
        }
    }

    private VaultRecord record() {
        return store.load()
                .orElseThrow(() -> new VaultException("there is no vault yet: start once with a secret configured"));
    }

    private SecretBox outerBox(VaultRecord parameters, MasterSecret secret) {
        byte[] key = secret.deriveKey(parameters);
        try {
            return new SecretBox(key, random);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }
}
