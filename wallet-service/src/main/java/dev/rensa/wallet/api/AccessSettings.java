package dev.rensa.wallet.api;

import dev.rensa.wallet.access.BrowserRule;

/**
 * How the API guards itself.
 *
 * @param tokens whether OIDC tokens are taken
 * @param requestsPerSecond most requests a second of one who is known, by key, by token, or as this machine
 * @param unknownPerSecond most requests a second of one address without a key that holds
 */
public record AccessSettings(BrowserRule browsers, boolean tokens, double requestsPerSecond, double unknownPerSecond) {

    /** Header that brings an API key. */
    public static final String KEY_HEADER = "X-Rensa-Api-Key";
}
