package dev.rensa.wallet.web;

/**
 * What the page needs before its script asks for anything.
 *
 * @param lang language of the page
 * @param theme {@code light} or {@code dark}, or {@code system} for what the system shows
 * @param keyHeader header in which the script sends an API key
 */
public record Shell(String lang, String theme, String keyHeader) {}
