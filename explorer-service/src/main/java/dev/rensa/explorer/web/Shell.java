package dev.rensa.explorer.web;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * What every page has around its content.
 *
 * @param lang language of the page
 * @param theme {@code light}, {@code dark} or {@code system}
 * @param section which entry of the navigation the page belongs to, empty if to none
 * @param address the page's own path and query
 * @param symbol the coin's, empty before a network is known
 * @param lab whether a node has a lab, in which links are cut on purpose
 */
public record Shell(String lang, String theme, String section, String address, String symbol, boolean lab) {

    /** The page's own address, encoded as a value in a query. */
    public String here() {
        return URLEncoder.encode(address, StandardCharsets.UTF_8);
    }
}
