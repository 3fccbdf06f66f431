package dev.rensa.node.gossip;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Chooses the few links on which transactions are told and compact blocks given. Telling everybody would cost every node
 * as many announcements a transaction as it has peers. Each side of a link may choose it, so a node has twice as many of
 * them on average, and links chosen at random by all make a connected network of few steps. Writer thread only.
 */
final class RelayLinks {

    /** Links that a node chooses: a network of 50 is then two to three steps wide, and stays whole when peers are lost. */
    static final int CHOSEN = 4;

    /** How often one choice is made anew, so that nobody stays among silent peers. */
    static final long ROTATE_MILLIS = 60_000;

    private final Collection<RelayPeer> peers;
    private final RandomGenerator random;
    private long rotatedMillis = Long.MIN_VALUE;

    RelayLinks(Collection<RelayPeer> peers, RandomGenerator random) {
        this.peers = peers;
        this.random = random;
    }

    /** Fills the places that are free. Peers that we dialled come first: nobody else decided that they are here. */
    void choose() {
        int free = CHOSEN - (int) peers.stream().filter(RelayPeer::isChosen).count();
        for (; free > 0; free--) {
            List<RelayPeer> others = others();
            if (others.isEmpty()) {
                break;
            }
            pick(others).choose(true);
        }
        peers.forEach(RelayPeer::sayWhetherChosen);
    }

    /** To be called every few seconds. */
    void tick(long nowMillis) {
        if (rotatedMillis == Long.MIN_VALUE) {
            rotatedMillis = nowMillis;
        }
        if (nowMillis - rotatedMillis >= ROTATE_MILLIS) {
            rotatedMillis = nowMillis;
            rotate();
        }
        choose();
    }

    private void rotate() {
        List<RelayPeer> others = others();
        if (!others.isEmpty()) {
            List<RelayPeer> present = peers.stream().filter(RelayPeer::isChosen).toList();
            if (present.size() >= CHOSEN) {
                present.get(random.nextInt(present.size())).choose(false);
                others.get(random.nextInt(others.size())).choose(true);
            }
        }
    }

    private List<RelayPeer> others() {
        return peers.stream().filter(peer -> peer.isNear() && !peer.isChosen()).toList();
    }

    private RelayPeer pick(List<RelayPeer> candidates) {
        List<RelayPeer> dialled = new ArrayList<>(candidates);
        dialled.removeIf(peer -> !peer.link().info().outbound());
        List<RelayPeer> preferred = dialled.isEmpty() ? candidates : dialled;
        return preferred.get(random.nextInt(preferred.size()));
    }
}
