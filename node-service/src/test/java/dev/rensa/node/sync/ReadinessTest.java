package dev.rensa.node.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.node.chain.ChainHead;
import dev.rensa.protocol.block.BlockHeader;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.Hash;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.work.CompactTarget;
import dev.rensa.protocol.work.Work;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class ReadinessTest {

    private static final CompactTarget TARGET = CompactTarget.fromHex("1f00ffff");
    private static final int OWN_BLOCKS = 1_000;

    private final Readiness readiness = new Readiness();

    @Test
    void shouldStayReadyWhileBlocksOfTheMomentAreOnTheirWay() {
        assertThat(readiness.update(head(), workOf(OWN_BLOCKS + Readiness.UNREADY_BEYOND)))
                .isTrue();
        assertThat(readiness.update(head(), workOf(OWN_BLOCKS + Readiness.UNREADY_BEYOND + 1)))
                .isFalse();
    }

    @Test
    void shouldBecomeReadyOnlyCloseToTheBestPeer() {
        readiness.update(head(), workOf(2 * OWN_BLOCKS));

        assertThat(readiness.update(head(), workOf(OWN_BLOCKS + Readiness.READY_WITHIN + 1)))
                .isFalse();
        assertThat(readiness.update(head(), workOf(OWN_BLOCKS + Readiness.READY_WITHIN)))
                .isTrue();
    }

    @Test
    void shouldBeReadyAheadOfAllPeers() {
        assertThat(readiness.update(head(), Work.ZERO)).isTrue();
    }

    private static ChainHead head() {
        BlockHeader header =
                new BlockHeader(OWN_BLOCKS, BlockHash.ZERO, Hash.ZERO, Hash.ZERO, 0, TARGET, PublicKey.ZERO, 0);
        return new ChainHead(header.hash(), header, workOf(OWN_BLOCKS));
    }

    private static Work workOf(int blocks) {
        return new Work(Work.ofTarget(TARGET).value().multiply(BigInteger.valueOf(blocks)));
    }
}
