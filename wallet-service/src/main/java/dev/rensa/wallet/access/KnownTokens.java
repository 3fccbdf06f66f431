package dev.rensa.wallet.access;

import java.util.LinkedHashSet;

/**
 * Hashes of the tokens that held when they were checked last: whoever brings one of them is no stranger, and is not held up
 * by strangers of the same address. Safe for use by several threads.
 */
public final class KnownTokens {

    /** Tokens that are remembered; the one that came first leaves first, and is a stranger's once more. */
    static final int MAX_TOKENS = 10_000;

    /** Guarded by itself. */
    private final LinkedHashSet<String> hashes = new LinkedHashSet<>();

    /** Whether it held. */
    public boolean contains(String hash) {
        synchronized (hashes) {
            return hashes.contains(hash);
        }
    }

    /** Keeps in mind whether it held. */
    public void learn(String hash, boolean held) {
        synchronized (hashes) {
            if (!held) {
                hashes.remove(hash);
            } else if (hashes.add(hash) && hashes.size() > MAX_TOKENS) {
                hashes.removeFirst();
            }
        }
    }
}
