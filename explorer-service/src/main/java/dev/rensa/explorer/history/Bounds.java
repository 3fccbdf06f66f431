package dev.rensa.explorer.history;

/**
 * How much is kept; the rest is forgotten, oldest first.
 *
 * @param fromMillis nothing older, milliseconds since 1970-01-01 UTC
 * @param rows most of each kind
 */
public record Bounds(long fromMillis, long rows) {}
