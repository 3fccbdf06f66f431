package dev.rensa.node.chain;

import dev.rensa.protocol.verdict.Rejection;
import java.util.List;

/** What became of a block that was offered. */
public sealed interface BlockOutcome {

    /** The canonical chain moved, by one or more steps in order. */
    record Connected(List<ChainChange> changes) implements BlockOutcome {}

    /** Stored, but its branch has not the most work, or bodies before it are missing. */
    record Stored() implements BlockOutcome {}

    /** Its body was here already. */
    record Known() implements BlockOutcome {}

    /**
     * It breaks a rule, is too early, or meets a limit of ours: see the reason's fault. The canonical chain may have
     * moved all the same, when the invalid block's ancestors or another branch took over.
     */
    record Rejected(Rejection rejection, List<ChainChange> changes) implements BlockOutcome {}
}
