package dev.rensa.node.sync;

import dev.rensa.node.chain.ChainHead;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.work.Work;
import java.math.BigInteger;

/**
 * Whether the head is near enough to the best header known. Becoming ready takes more than staying so: otherwise every new
 * block would make a node unready until its body is here. Headers whose bodies nobody gives are waited for only so long:
 * otherwise whoever finds some blocks and keeps them could stop a whole network.
 */
final class Readiness {

    /** Blocks of today's work that may be missing for a node to become ready. */
    static final int READY_WITHIN = 2;

    /** Blocks of today's work that must be missing for it to stop being so. */
    static final int UNREADY_BEYOND = 20;

    /** How long neither the head nor the lowest missing body may move: three times what a silent peer has for an answer. */
    static final long PATIENCE_MILLIS = 60_000;

    private boolean ready = true;
    private boolean withheld;
    private BlockHash head = BlockHash.ZERO;
    private long firstMissing;
    private long movedMillis;

    /**
     * Looks again.
     *
     * @param best the most work that valid headers prove
     * @param missing height of the lowest block of the best header's branch whose body is not here
     */
    boolean update(ChainHead newHead, Work best, long missing, long nowMillis) {
        // Once it goes on by itself its own blocks are no sign of the missing ones.
        boolean moved = missing != firstMissing || (!withheld && !newHead.hash().equals(head));
        if (moved || (ready && !withheld)) {
            movedMillis = nowMillis;
        }
        head = newHead.hash();
        firstMissing = missing;
        boolean near = isWithin(newHead, best, ready && !withheld ? UNREADY_BEYOND : READY_WITHIN);
        boolean standsStill = nowMillis - movedMillis >= PATIENCE_MILLIS;
        withheld = !near && !moved && (withheld || (standsStill && !ready));
        ready = near || withheld;
        return ready;
    }

    /** Whether it is ready although the bodies of the best header's branch are missing. */
    boolean isWithheld() {
        return withheld;
    }

    /** Whether {@code work} is at most that many blocks of the head's difficulty ahead of the head. */
    static boolean isWithin(ChainHead head, Work work, int blocks) {
        BigInteger slack = Work.ofTarget(head.header().target()).value().multiply(BigInteger.valueOf(blocks));
        return work.value().subtract(head.work().value()).compareTo(slack) <= 0;
    }
}
