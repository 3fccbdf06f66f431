package dev.rensa.wallet.access;

import org.jspecify.annotations.Nullable;

/**
 * A key of a client, without its secret.
 *
 * @param name for people and for the logs of who did what, 1 to 100 characters
 * @param hash SHA-256 of the secret in hexadecimal
 * @param createdBy who made it
 * @param revokedAtMillis since when it opens nothing any more
 */
public record ApiKey(
        String id,
        String name,
        Role role,
        String hash,
        long createdAtMillis,
        String createdBy,
        @Nullable Long revokedAtMillis,
        @Nullable String revokedBy) {

    /** Longest name in characters. */
    public static final int MAX_NAME_LENGTH = 100;

    /** Whether it opens anything. */
    public boolean active() {
        return revokedAtMillis == null;
    }

    /** Without the hash: whoever reads a log need not have it. */
    @Override
    public String toString() {
        return "ApiKey[" + id + ", " + name + ", " + role.code() + "]";
    }
}
