package dev.rensa.node.sync;

import dev.rensa.node.chain.ChainHead;
import dev.rensa.protocol.work.Work;
import java.math.BigInteger;

/**
 * Whether the head is near enough to the best header known. Becoming ready takes more than staying so: otherwise every new
 * block would make a node unready until its body is here.
 */
final class Readiness {

    /** Blocks of today's work that may be missing for a node to become ready. */
    static final int READY_WITHIN = 2;

    /** Blocks of today's work that must be missing for it to stop being so. */
    static final int UNREADY_BEYOND = 20;

    private boolean ready = true;

    /** Looks again, against the most work that valid headers prove. */
    boolean update(ChainHead head, Work best) {
        ready = isWithin(head, best, ready ? UNREADY_BEYOND : READY_WITHIN);
        return ready;
    }

    /** Whether {@code work} is at most that many blocks of the head's difficulty ahead of the head. */
    static boolean isWithin(ChainHead head, Work work, int blocks) {
        BigInteger slack = Work.ofTarget(head.header().target()).value().multiply(BigInteger.valueOf(blocks));
        return work.value().subtract(head.work().value()).compareTo(slack) <= 0;
    }
}
