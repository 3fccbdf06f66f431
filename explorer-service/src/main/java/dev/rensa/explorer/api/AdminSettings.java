package dev.rensa.explorer.api;

import java.util.Optional;
import java.util.Set;

/**
 * Who may make administrative calls.
 *
 * @param key whoever has it; without one whoever is on this machine
 * @param allowedHosts names beside this machine's own under which clients of this machine may call, in lower case
 */
public record AdminSettings(Optional<String> key, Set<String> allowedHosts) {

    /** The key is nobody's to read. */
    @Override
    public String toString() {
        return "AdminSettings[" + (key.isPresent() ? "with" : "without") + " a key]";
    }
}
