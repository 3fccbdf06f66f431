package dev.rensa.wallet.key;

import dev.rensa.protocol.crypto.PublicKey;

/**
 * An entry of the address book.
 *
 * @param name 1 to 100 characters, the entry's own
 * @param note for people, at most 500 characters
 * @param createdAtMillis milliseconds since 1970-01-01 UTC
 */
public record Contact(String name, PublicKey key, String note, long createdAtMillis) {

    /** Longest name in characters. */
    public static final int MAX_NAME_LENGTH = 100;

    /** Longest note in characters. */
    public static final int MAX_NOTE_LENGTH = 500;

    /** Most entries: they are shown on one page. */
    public static final int MAX_CONTACTS = 10_000;
}
