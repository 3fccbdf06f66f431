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

    private long nowMillis = 1_000_000;
    private long firstMissing = OWN_BLOCKS + 1;

    @Test
    void shouldStayReadyWhileBlocksOfTheMomentAreOnTheirWay() {
        assertThat(update(OWN_BLOCKS + Readiness.UNREADY_BEYOND)).isTrue();
        assertThat(update(OWN_BLOCKS + Readiness.UNREADY_BEYOND + 1)).isFalse();
    }

    @Test
    void shouldBecomeReadyOnlyCloseToTheBestPeer() {
        update(2 * OWN_BLOCKS);

        assertThat(update(OWN_BLOCKS + Readiness.READY_WITHIN + 1)).isFalse();
        assertThat(update(OWN_BLOCKS + Readiness.READY_WITHIN)).isTrue();
    }

    @Test
    void shouldBeReadyAheadOfAllPeers() {
        assertThat(readiness.update(head(), Work.ZERO, 0, 0)).isTrue();
    }

    @Test
    void shouldGoOnWithoutBodiesThatDoNotComeForAMinute() {
        update(OWN_BLOCKS);
        nowMillis += 10 * Readiness.PATIENCE_MILLIS;
        assertThat(update(2 * OWN_BLOCKS)).as("it has only now heard of them").isFalse();

        nowMillis += Readiness.PATIENCE_MILLIS - 1;
        assertThat(update(2 * OWN_BLOCKS)).isFalse();
        nowMillis++;
        assertThat(update(2 * OWN_BLOCKS)).isTrue();
        assertThat(readiness.isWithheld()).isTrue();
    }

    @Test
    void shouldWaitAgainWhenMissingBodiesComeAfterAll() {
        update(2 * OWN_BLOCKS);
        nowMillis += Readiness.PATIENCE_MILLIS;
        assertThat(update(2 * OWN_BLOCKS)).isTrue();
        assertThat(readiness.update(head(OWN_BLOCKS + 1), workOf(2 * OWN_BLOCKS), firstMissing, nowMillis))
                .as("a block of its own is no sign of them")
                .isTrue();

        firstMissing++;

        assertThat(update(2 * OWN_BLOCKS)).isFalse();
        assertThat(readiness.isWithheld()).isFalse();
        nowMillis += Readiness.PATIENCE_MILLIS - 1;
        assertThat(update(2 * OWN_BLOCKS)).isFalse();
    }

    @Test
    void shouldNotCallWithheldWhatIsOnItsWay() {
        update(2 * OWN_BLOCKS);
        for (int i = 0; i < 10; i++) {
            nowMillis += Readiness.PATIENCE_MILLIS - 1;
            firstMissing++;
            assertThat(update(2 * OWN_BLOCKS)).isFalse();
        }
    }

    private boolean update(int bestBlocks) {
        return readiness.update(head(), workOf(bestBlocks), firstMissing, nowMillis);
    }

    private static ChainHead head() {
        return head(OWN_BLOCKS);
    }

    private static ChainHead head(int height) {
        BlockHeader header =
                new BlockHeader(height, BlockHash.ZERO, Hash.ZERO, Hash.ZERO, 0, TARGET, PublicKey.ZERO, 0);
        return new ChainHead(header.hash(), header, workOf(OWN_BLOCKS));
    }

    private static Work workOf(int blocks) {
        return new Work(Work.ofTarget(TARGET).value().multiply(BigInteger.valueOf(blocks)));
    }
}
