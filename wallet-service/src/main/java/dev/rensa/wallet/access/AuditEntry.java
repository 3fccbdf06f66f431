package dev.rensa.wallet.access;

/**
 * Something that somebody ordered, for ever.
 *
 * @param id sorts by time
 * @param actor who: {@code key:NAME}, {@code token:SUBJECT} or {@code local}
 * @param action what, such as {@code key-created}
 * @param detail about what, for people; never a secret
 */
public record AuditEntry(String id, long atMillis, String actor, String action, String detail) {}
