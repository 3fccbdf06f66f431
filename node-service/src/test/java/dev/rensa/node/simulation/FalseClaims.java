package dev.rensa.node.simulation;

import dev.rensa.node.chain.ChainHead;
import dev.rensa.node.peer.Message;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.Hash;
import dev.rensa.protocol.work.Work;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Peers that claim more work than anybody has. Who was asked for headers leaves when nobody waits any more, and comes back. */
final class FalseClaims {
    private static final long STEP_MILLIS = 250;

    /** A little longer than a peer has for an answer, so that it holds its place for as long as it may. */
    private static final long OVERDUE_MILLIS = 5_100;

    /** No two claims are of the same tip; worlds are played side by side. */
    private static final AtomicLong NUMBERS = new AtomicLong();

    private final World world;
    private final SimulatedNode node;
    private final ChainHead best;
    private final List<ScriptedPeer> peers = new ArrayList<>();
    private final List<Long> askedMillis = new ArrayList<>();

    FalseClaims(World world, SimulatedNode node, ChainHead best, int count) {
        this.world = world;
        this.node = node;
        this.best = best;
        for (int number = 0; number < count; number++) {
            peers.add(come(number));
            askedMillis.add(Long.MAX_VALUE);
        }
    }

    /** A tip that nobody has, with so many times the work of a node's head more. */
    static ChainHead of(SimulatedNode node, int times) {
        return above(node.chain().head(), times);
    }

    private static ChainHead above(ChainHead head, int times) {
        Work work = head.work();
        for (int i = 0; i < times; i++) {
            work = work.plus(head.work());
        }
        byte[] hash = ByteBuffer.allocate(Hash.LENGTH)
                .putLong(NUMBERS.incrementAndGet())
                .array();
        return new ChainHead(BlockHash.of(hash), head.header(), work);
    }

    private ScriptedPeer come(int number) {
        return new ScriptedPeer(node, number, above(best, 1));
    }

    void takeTurnsFor(long millis) {
        long end = world.schedule().nowMillis() + millis;
        while (world.schedule().nowMillis() < end) {
            world.runFor(STEP_MILLIS);
            for (int number = 0; number < peers.size(); number++) {
                takeTurn(number);
            }
        }
    }

    private void takeTurn(int number) {
        long now = world.schedule().nowMillis();
        ScriptedPeer peer = peers.get(number);
        if (!peer.heard(Message.GetHeaders.class).isEmpty()) {
            askedMillis.set(number, now);
        }
        if (now - OVERDUE_MILLIS >= askedMillis.get(number)) {
            peer.leaves();
            peers.set(number, come(number));
            askedMillis.set(number, Long.MAX_VALUE);
        }
    }
}
