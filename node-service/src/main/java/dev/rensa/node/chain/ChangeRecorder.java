package dev.rensa.node.chain;

import dev.rensa.protocol.block.Block;
import java.util.ArrayList;
import java.util.List;

/** Cuts the way of the head into steps of bounded size, and says when a way is long enough for one call. */
final class ChangeRecorder {
    /** Blocks and bytes of one step. */
    static final int MAX_STEP_BLOCKS = 64;

    private static final long MAX_STEP_BYTES = 16L << 20;

    /** Blocks and bytes of all steps of one call, which are in memory together. */
    static final int MAX_BLOCKS = 1_024;

    private static final long MAX_BYTES = 64L << 20;

    private final List<ChainChange> changes = new ArrayList<>();
    private List<Block> disconnected = new ArrayList<>();
    private List<Block> connected = new ArrayList<>();
    private ChainHead fork;
    private ChainHead head;
    private long stepBytes;
    private long blocks;
    private long bytes;

    ChangeRecorder(ChainHead head) {
        this.fork = head;
        this.head = head;
    }

    boolean isFull() {
        return blocks >= MAX_BLOCKS || bytes >= MAX_BYTES;
    }

    void disconnected(Block block, ChainHead newHead) {
        if (!connected.isEmpty()) {
            endStep();
        }
        disconnected.add(block);
        fork = newHead;
        count(block, newHead);
    }

    void connected(Block block, ChainHead newHead) {
        connected.add(block);
        count(block, newHead);
    }

    private void count(Block block, ChainHead newHead) {
        head = newHead;
        blocks++;
        bytes += block.size();
        stepBytes += block.size();
        if (disconnected.size() + connected.size() >= MAX_STEP_BLOCKS || stepBytes >= MAX_STEP_BYTES) {
            endStep();
        }
    }

    private void endStep() {
        if (!disconnected.isEmpty() || !connected.isEmpty()) {
            changes.add(new ChainChange(fork, List.copyOf(disconnected), List.copyOf(connected), head));
            disconnected = new ArrayList<>();
            connected = new ArrayList<>();
            fork = head;
            stepBytes = 0;
        }
    }

    List<ChainChange> finish() {
        endStep();
        return List.copyOf(changes);
    }
}
