package dev.rensa.explorer.link;

import org.jspecify.annotations.Nullable;

/**
 * A connection between two nodes, told once whichever of them tells of it.
 *
 * @param from key of the node whose key is lower
 * @param to key of the other
 * @param latencyMillis last round trip, absent before the first
 */
public record Link(String from, String to, @Nullable Double latencyMillis) {

    static Link between(String one, String other, @Nullable Double latencyMillis) {
        return one.compareTo(other) < 0 ? new Link(one, other, latencyMillis) : new Link(other, one, latencyMillis);
    }
}
