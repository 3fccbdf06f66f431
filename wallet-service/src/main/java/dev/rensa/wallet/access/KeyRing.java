package dev.rensa.wallet.access;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * All API keys, in memory as in the store: no request waits for the database to learn who makes it. A key that another
 * replica made or revoked is known after the next {@link #refresh()}. Safe for use by several threads.
 */
public final class KeyRing {

    /** Name of the key that the configuration brings. */
    public static final String CONFIGURED = "configured-admin";

    /** Most keys: they are all held in memory. Of the revoked ones the oldest leave first; the log remembers them. */
    static final int MAX_KEYS = 10_000;

    private final ApiKeyStore store;
    private final AuditLog audit;
    private final Optional<ApiKey> configured;
    private final boolean adminsElsewhere;
    private final SecureRandom random;
    private final Clock clock;
    private volatile Map<String, ApiKey> activeByHash = Map.of();

    /**
     * Makes a ring and reads the store.
     *
     * @param configuredSecret secret of an administrator's key from the configuration
     * @param adminsElsewhere whether administrators may also come without a key, with a token
     * @throws IllegalArgumentException if the configured secret is too short or too long
     */
    public KeyRing(
            ApiKeyStore store,
            AuditLog audit,
            Optional<String> configuredSecret,
            boolean adminsElsewhere,
            SecureRandom random,
            Clock clock) {
        this.store = store;
        this.audit = audit;
        this.configured = configuredSecret.map(secret -> configuredKey(secret, clock.millis()));
        this.adminsElsewhere = adminsElsewhere;
        this.random = random;
        this.clock = clock;
        refresh();
    }

    /** Whether nobody needs a key: then this machine alone is served. */
    public boolean isOpen() {
        return activeByHash.isEmpty() && !adminsElsewhere;
    }

    /** The active key of that secret. */
    public Optional<ApiKey> find(String secret) {
        return secret.length() > KeySecret.MAX_LENGTH
                ? Optional.empty()
                : Optional.ofNullable(activeByHash.get(KeySecret.hash(secret)));
    }

    /** Whether a key that was found still opens what it opened. */
    public boolean holds(ApiKey key) {
        return key.equals(activeByHash.get(key.hash()));
    }

    /**
     * Makes a key.
     *
     * @throws AccessRefusedException if it is the first and no administrator's, bears the name of the configured one, or
     *     there are too many
     */
    public synchronized Created create(String name, Role role, String by) {
        if (isOpen() && role != Role.ADMIN) {
            throw new AccessRefusedException(
                    "first-key-must-be-admin",
                    "from the first key on every call needs one: make the first an administrator's, so that somebody"
                            + " can make the next");
        }
        if (name.equals(CONFIGURED)) {
            throw new AccessRefusedException(
                    "reserved-name", "the log calls the configuration's key " + CONFIGURED + ": choose another name");
        }
        List<ApiKey> all = store.list();
        if (all.stream().filter(ApiKey::active).count() >= MAX_KEYS) {
            throw new AccessRefusedException(
                    "too-many-keys", "there are " + MAX_KEYS + " keys that hold: revoke some first");
        }
        List<ApiKey> forgotten = all.stream()
                .filter(each -> !each.active())
                .sorted(Comparator.comparing(ApiKey::revokedAtMillis))
                .limit(Math.max(0, all.size() + 1 - MAX_KEYS))
                .toList();
        String secret = KeySecret.generate(random);
        ApiKey key = new ApiKey(
                UUID.randomUUID().toString(), name, role, KeySecret.hash(secret), clock.millis(), by, null, null);
        audit.order(by, "key-created", role.code() + " key " + key.id() + " for " + name, () -> {
            forgotten.forEach(each -> store.forget(each.id()));
            store.add(key);
        });
        refresh();
        return new Created(key, secret);
    }

    /**
     * Revokes a key: from now on it opens nothing; on other replicas from their next refresh on.
     *
     * @return false if there is no active key of this id
     * @throws AccessRefusedException if nobody who may administer would be left
     */
    public synchronized boolean revoke(String id, String by) {
        boolean othersAdminister = adminsElsewhere
                || activeByHash.values().stream()
                        .anyMatch(key -> key.role() == Role.ADMIN && !key.id().equals(id));
        if (!othersAdminister
                && activeByHash.values().stream().anyMatch(key -> key.id().equals(id))) {
            throw new AccessRefusedException(
                    "last-admin-key",
                    "this is the last administrator's key: make another first, or nobody could make one again");
        }
        boolean revoked = audit.order(by, "key-revoked", "key " + id, () -> store.revoke(id, clock.millis(), by));
        refresh();
        return revoked;
    }

    /** All keys that were ever made through the API, oldest first. */
    public List<ApiKey> list() {
        return store.list();
    }

    /** Reads the store again; one at a time, or a list read before a key was revoked would take its place again. */
    public synchronized void refresh() {
        Map<String, ApiKey> fresh = new HashMap<>();
        store.list().stream().filter(ApiKey::active).forEach(key -> fresh.put(key.hash(), key));
        configured.ifPresent(key -> fresh.put(key.hash(), key));
        activeByHash = Map.copyOf(fresh);
    }

    private static ApiKey configuredKey(String secret, long now) {
        if (secret.length() < KeySecret.MIN_LENGTH || secret.length() > KeySecret.MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "rensa.wallet.access.admin-key must have " + KeySecret.MIN_LENGTH + " to " + KeySecret.MAX_LENGTH
                            + " characters that nobody can guess: make it with `openssl rand -hex 32`");
        }
        return new ApiKey(CONFIGURED, CONFIGURED, Role.ADMIN, KeySecret.hash(secret), now, "configuration", null, null);
    }

    /** A fresh key and its secret, which is shown once. */
    public record Created(ApiKey key, String secret) {
        @Override
        public String toString() {
            return "Created[" + key + "]";
        }
    }
}
