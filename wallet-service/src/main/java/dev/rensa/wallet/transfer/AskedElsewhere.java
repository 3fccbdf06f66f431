package dev.rensa.wallet.transfer;

import dev.rensa.protocol.crypto.PublicKey;
import java.util.HashMap;
import java.util.Map;

/**
 * What uncommitted transfers take of accounts whose lanes other replicas hold: they stand in no lane of ours, and not in the
 * database yet. No more of them than share a commit. Owned by the desk's thread.
 */
final class AskedElsewhere {

    private final Map<PublicKey, MonSum> asked = new HashMap<>();

    void add(PublicKey sender, long mon) {
        asked.computeIfAbsent(sender, key -> new MonSum()).add(mon);
    }

    /** Mon promised by what is written and what is not yet; 2⁶³ − 1 where it is more. */
    long promised(PublicKey sender, long written) {
        MonSum promised = new MonSum();
        promised.add(written);
        MonSum unwritten = asked.get(sender);
        if (unwritten != null) {
            promised.addAll(unwritten);
        }
        return promised.mon();
    }

    /** All of it is written. */
    void clear() {
        asked.clear();
    }
}
