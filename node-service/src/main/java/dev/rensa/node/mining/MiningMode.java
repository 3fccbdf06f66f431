package dev.rensa.node.mining;

import java.util.Locale;

/** When a node looks for blocks. */
public enum MiningMode {
    /** Always, with or without transactions. */
    CONTINUOUS,
    /** When transactions wait, and once in a heartbeat otherwise. */
    ON_DEMAND,
    /** Only when asked to, by {@code POST /mine}. */
    MANUAL;

    /** As settings and the API write it, for example {@code on-demand}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
