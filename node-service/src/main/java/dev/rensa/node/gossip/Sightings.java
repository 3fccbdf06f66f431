package dev.rensa.node.gossip;

import dev.rensa.protocol.crypto.BlockHash;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** When peers first told of blocks, to measure how long it takes until they are connected. Writer thread only. */
public final class Sightings {

    /** Blocks that are remembered; what is first seen while catching up is not measured for long. */
    static final int MAX_BLOCKS = 64;

    private final SequencedMap<BlockHash, Long> firstSeenMillis = new LinkedHashMap<>();
    private final RelayListener listener;

    public Sightings(RelayListener listener) {
        this.listener = listener;
    }

    public void seen(BlockHash block, long nowMillis) {
        firstSeenMillis.putIfAbsent(block, nowMillis);
        if (firstSeenMillis.size() > MAX_BLOCKS) {
            firstSeenMillis.pollFirstEntry();
        }
    }

    public void connected(BlockHash block, long nowMillis) {
        Long seen = firstSeenMillis.remove(block);
        if (seen != null) {
            listener.blockPropagated(Math.max(0, nowMillis - seen));
        }
    }
}
