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
     * One was refused; those before it stay accepted.
     *
     * @param index position of the refused one
     */
    record Rejected(int index, Rejection rejection) implements HeaderOutcome {}
}
