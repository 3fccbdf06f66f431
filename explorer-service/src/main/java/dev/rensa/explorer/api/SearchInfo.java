package dev.rensa.explorer.api;

import java.util.List;

/**
 * What a search found.
 *
 * @param results at most 20, exact matches first
 */
public record SearchInfo(String query, List<Match> results) {

    /**
     * One match.
     *
     * @param kind {@code block}, {@code transaction}, {@code account} or {@code node}
     * @param id hash, transaction id, address or node key
     * @param label a short text for people
     * @param path of its page on this explorer
     */
    public record Match(String kind, String id, String label, String path) {}
}
