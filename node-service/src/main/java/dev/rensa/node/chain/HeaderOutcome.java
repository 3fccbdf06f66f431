package dev.rensa.node.chain;

import dev.rensa.protocol.verdict.Rejection;

/** What became of headers that were offered. */
public sealed interface HeaderOutcome {

    /**
     * All are in the header tree now.
     *
     * @param added how many were new
     * @param last the entry of the last one
     */
    record Accepted(int added, BlockEntry last) implements HeaderOutcome {}

    /**
     * All are valid, and none is stored: they show too little work to be worth it. More of them may show enough.
     *
     * @param branch the branch so far
     */
    record Unproven(HeaderBranch branch) implements HeaderOutcome {}

    /**
     * What was unproven shows enough work now. Nothing is stored: it has to be offered again, from its fork on.
     *
     * @param branch the whole branch
     */
    record Proven(HeaderBranch branch) implements HeaderOutcome {}

    /**
     * One was refused; those before it stay accepted where they are worth storing, and where all follow one another.
     *
     * @param index position of the refused one
     */
    record Rejected(int index, Rejection rejection) implements HeaderOutcome {}
}
