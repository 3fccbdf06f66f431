package dev.rensa.node.api;

import java.util.Optional;

/**
 * What the API needs to know of the configuration.
 *
 * @param adminKey what administrative calls must bring; without one they answer on loopback alone
 * @param maxTransactionBodyBytes largest body of a single submission
 * @param maxBatch most transactions of a batch
 * @param maxEventClients most event streams at once
 */
public record ApiSettings(Optional<String> adminKey, int maxTransactionBodyBytes, int maxBatch, int maxEventClients) {

    /** Without the key. */
    @Override
    public String toString() {
        return "ApiSettings[adminKey " + (adminKey.isPresent() ? "set" : "not set") + "]";
    }
}
