package dev.rensa.node.api;

import java.util.Optional;
import java.util.Set;

/**
 * What the API needs to know of the configuration.
 *
 * @param adminKey what administrative calls must bring; without one they answer on loopback alone
 * @param maxTransactionBodyBytes largest body of a single submission
 * @param maxBatch most transactions of a batch
 * @param allowedHosts names beside this machine's own under which clients of this machine may call the node
 */
public record ApiSettings(
        Optional<String> adminKey, int maxTransactionBodyBytes, int maxBatch, Set<String> allowedHosts) {

    /** Without the key. */
    @Override
    public String toString() {
        return "ApiSettings[adminKey " + (adminKey.isPresent() ? "set" : "not set") + "]";
    }
}
