package dev.rensa.network.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.network.cluster.LocalNode;
import java.util.List;

/** The highest block that a node had confirmed when it was asked: it and all before it must stay, whatever happens to nodes. */
record ConfirmedBlock(long height, String hash) {

    /** Blocks from this one to the head, both counted. */
    static final int CONFIRMATIONS = 6;

    static ConfirmedBlock on(LocalNode node) {
        long height = Math.max(0, node.client().status().height() - CONFIRMATIONS + 1);
        return new ConfirmedBlock(height, node.client().hashAt(height).orElseThrow());
    }

    void assertOnAll(List<LocalNode> nodes, String when) {
        for (LocalNode node : nodes) {
            assertThat(node.client().hashAt(height))
                    .as("%s: block %d on %s", when, height, node.name())
                    .contains(hash);
        }
    }
}
