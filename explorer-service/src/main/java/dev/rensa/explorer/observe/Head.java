package dev.rensa.explorer.observe;

import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.work.Work;
import java.util.Comparator;

/**
 * The tip of a node's canonical chain.
 *
 * @param work cumulative, up to and with this block
 * @param timestampMillis the block's own time, milliseconds since 1970-01-01 UTC
 */
public record Head(BlockHash hash, long height, Work work, long timestampMillis) {

    /**
     * The order of the fork choice (docs/protocol.md): most work, at equal work the lower hash; the best comes last.
     * Height does not count.
     */
    public static final Comparator<Head> BY_FORK_CHOICE = Comparator.comparing(Head::work)
            .thenComparing(Comparator.comparing(Head::hash).reversed());
}
