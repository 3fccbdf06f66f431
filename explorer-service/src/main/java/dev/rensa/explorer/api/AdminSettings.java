package dev.rensa.explorer.api;

import java.util.Optional;

/** Who may make administrative calls: whoever has the key, or, without one, whoever is on this machine. */
public record AdminSettings(Optional<String> key) {

    /** The key is nobody's to read. */
    @Override
    public String toString() {
        return "AdminSettings[" + (key.isPresent() ? "with" : "without") + " a key]";
    }
}
