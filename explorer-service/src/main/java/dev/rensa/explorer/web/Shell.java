package dev.rensa.explorer.web;

/**
 * What every page has around its content.
 *
 * @param lang language of the page
 * @param keep query that keeps the chosen language in a link, empty if none was chosen
 * @param and the same for a link that has a query already
 * @param symbol the coin's, empty before a network is known
 */
public record Shell(String lang, String keep, String and, String symbol) {}
