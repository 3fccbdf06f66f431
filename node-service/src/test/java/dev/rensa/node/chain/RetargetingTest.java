package dev.rensa.node.chain;

import static dev.rensa.node.chain.TestNetwork.account;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.block.BlockHeader;
import dev.rensa.protocol.genesis.Genesis;
import dev.rensa.protocol.genesis.Retargeting;
import dev.rensa.protocol.verdict.RejectionReason;
import dev.rensa.protocol.work.Asert;
import dev.rensa.protocol.work.CompactTarget;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetargetingTest {
    /** Years behind the genesis: a network may start long after it was written. */
    private static final long FIRST_BLOCK = TestNetwork.START_MILLIS + 3L * 365 * 24 * 3_600 * 1_000;

    private static final Genesis GENESIS =
            TestNetwork.of(1, 1_000, Retargeting.ASERT, 0, 1_000).genesis();

    private final Chain chain = Chain.open(GENESIS, new InMemoryStorage(), 100);

    @Test
    void shouldDemandTheInitialTargetOfTheFirstBlock() {
        assertThat(chain.template(FIRST_BLOCK).target()).isEqualTo(GENESIS.initialTarget());
    }

    @Test
    void shouldCountTheScheduleFromBlock1() {
        mine(FIRST_BLOCK);
        for (int height = 2; height <= 30; height++) {
            long timestamp = FIRST_BLOCK + (height - 1) * 1_000L;

            CompactTarget demanded = mine(timestamp).target();

            assertThat(demanded)
                    .isEqualTo(Asert.nextTarget(
                            GENESIS.initialTarget(),
                            FIRST_BLOCK - GENESIS.spacingMillis(),
                            1,
                            timestamp - 1_000,
                            height - 1,
                            GENESIS.spacingMillis(),
                            GENESIS.halfLifeMillis(),
                            GENESIS.easiestTarget()));
        }
        assertThat(chain.template(FIRST_BLOCK).target().target())
                .isLessThan(GENESIS.initialTarget().target());
    }

    @Test
    void shouldCountFromTheFirstBlockOfEachBranch() {
        BlockHeader early = mine(FIRST_BLOCK);
        mine(FIRST_BLOCK + 1);
        BlockHeader late = header(GENESIS.block0(), FIRST_BLOCK + 200_000, GENESIS.initialTarget());

        assertThat(accept(late)).isInstanceOf(BlockOutcome.Stored.class);

        BlockHeader onLate = header(new Block(late, List.of()), FIRST_BLOCK + 200_001, GENESIS.initialTarget());
        assertThat(accept(onLate)).isNotInstanceOf(BlockOutcome.Rejected.class);
        assertThat(early.target()).isEqualTo(late.target());
    }

    @Test
    void shouldRefuseTheTargetOfYesterday() {
        mine(FIRST_BLOCK);
        mine(FIRST_BLOCK + 1);
        Block tip = chain.block(chain.head().hash()).orElseThrow();
        BlockHeader easier = header(tip, FIRST_BLOCK + 2, GENESIS.initialTarget());

        assertThat(accept(easier))
                .isInstanceOfSatisfying(
                        BlockOutcome.Rejected.class,
                        rejected -> assertThat(rejected.rejection().reason()).isEqualTo(RejectionReason.WRONG_TARGET));
    }

    private BlockHeader mine(long timestampMillis) {
        HeaderTemplate template = chain.template(timestampMillis);
        BlockHeader header =
                header(chain.block(template.parent()).orElseThrow(), template.timestampMillis(), template.target());
        assertThat(accept(header)).isInstanceOf(BlockOutcome.Connected.class);
        return header;
    }

    private BlockOutcome accept(BlockHeader header) {
        return chain.acceptBlock(new Block(header, List.of()), header.timestampMillis());
    }

    private static BlockHeader header(Block parent, long timestampMillis, CompactTarget target) {
        return ModelChain.search(new BlockHeader(
                parent.height() + 1,
                parent.hash(),
                Block.transactionsRoot(List.of()),
                parent.header().stateRoot(),
                timestampMillis,
                target,
                account(8),
                0));
    }
}
