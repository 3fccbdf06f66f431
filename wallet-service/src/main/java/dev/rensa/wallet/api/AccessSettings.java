package dev.rensa.wallet.api;

import java.util.Set;

/**
 * How the API guards itself.
 *
 * @param allowedHosts names beside this machine's own under which clients of this machine may call, in lower case
 * @param tokens whether OIDC tokens are taken
 * @param requestsPerSecond most requests a second of one who is known, by key, by token, or as this machine
 * @param unknownPerSecond most requests a second of one address without a key that holds
 */
public record AccessSettings(
        Set<String> allowedHosts, boolean tokens, double requestsPerSecond, double unknownPerSecond) {

    /** Header that brings an API key. */
    public static final String KEY_HEADER = "X-Rensa-Api-Key";
}
