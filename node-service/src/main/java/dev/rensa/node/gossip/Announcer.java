package dev.rensa.node.gossip;

import dev.rensa.node.peer.NodeKey;

/** One peer's share in what is wanted, asked for and being checked. Writer thread only. */
final class Announcer {

    private final NodeKey key;

    /** Announced by it, known to be wanted, and not asked for when they came: there was no room. */
    final ShortIdQueue unasked = new ShortIdQueue(WantedTransactions.MAX_WANTED_A_PEER);

    /** Entries among the wanted that name this peer. */
    int wanted;

    /** Asked of it and not answered. */
    int asked;

    /** Came from it and are being checked. */
    int checking;

    /** Most that may be asked of it and being checked together. It follows what the peer delivers. */
    int quota = WantedTransactions.MAX_QUOTA;

    /** Since when it has owed an answer without a word; 0 if it owes nothing. */
    private long silentSinceMillis;

    Announcer(NodeKey key) {
        this.key = key;
    }

    NodeKey key() {
        return key;
    }

    boolean hasRoom(int askedOfAll) {
        int busy = asked + checking;
        return busy < quota
                && (askedOfAll < WantedTransactions.MAX_ASKED || busy < WantedTransactions.SURE_ASKED_A_PEER);
    }

    /** A question is on its way to it. */
    void questionSent(long nowMillis) {
        if (silentSinceMillis == 0) {
            silentSinceMillis = nowMillis;
        }
    }

    /** It answered something, or could not be heard; the next question, or one that stays without an answer, begins the time anew. */
    void heard() {
        silentSinceMillis = 0;
    }

    void delivered() {
        quota = Math.min(WantedTransactions.MAX_QUOTA, quota + 2);
    }

    void missedADeadline(long nowMillis) {
        if (silentSinceMillis == 0) {
            silentSinceMillis = nowMillis;
        }
        quota = Math.max(WantedTransactions.MIN_QUOTA, quota / 2);
    }

    /** Whether it has said nothing for so long that no answer is to be expected; told once. */
    boolean isSilent(long nowMillis) {
        boolean silent = silentSinceMillis != 0 && nowMillis - silentSinceMillis >= WantedTransactions.SILENCE_MILLIS;
        if (silent) {
            silentSinceMillis = 0;
        }
        return silent;
    }
}
