package dev.rensa.node.chain;

import static dev.rensa.node.chain.TestNetwork.account;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.protocol.block.Block;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How far back blocks can be undone, and that no more is kept for it. */
class UndoRecordsTest {
    private static final long NOW = TestNetwork.START_MILLIS + 1_000_000_000L;

    /** A kill may send the head back to the last checkpoint, so these come no further apart than the limits below. */
    private static final TestNetwork NETWORK = TestNetwork.ofAccounts(3, 4);

    private final ModelChain model = new ModelChain(NETWORK.genesis());
    private final InMemoryStorage storage = new InMemoryStorage();

    @Test
    void shouldKeepOnlyTheUndoRecordsThatAReorganisationCanAskFor() {
        accept(open(100), model.mineMany(model.block0(), account(8), 30));
        Chain lowered = open(4);
        List<Block> more = model.mineMany(lowered.block(lowered.head().hash()).orElseThrow(), account(8), 20);

        accept(lowered, more);

        List<byte[]> kept = new ArrayList<>();
        storage.scan(Column.UNDO, new byte[0], null, (key, value) -> kept.add(key));
        assertThat(kept).hasSize(4);
        List<Block> better = model.mineMany(more.get(15), account(9), 5);
        accept(lowered, better);
        assertThat(lowered.head().hash()).isEqualTo(better.getLast().hash());
    }

    @Test
    void shouldRefuseWhatTheUndoRecordsNoLongerReach() {
        List<Block> blocks = model.mineMany(model.block0(), account(8), 10);
        accept(open(4), blocks);
        Chain raised = open(100);

        HeaderOutcome outcome = raised.acceptHeaders(
                model.mineMany(blocks.get(4), account(9), 9).stream()
                        .map(Block::header)
                        .toList(),
                NOW);

        assertThat(outcome).isInstanceOf(HeaderOutcome.Rejected.class);
        assertThat(raised.head().hash()).isEqualTo(blocks.getLast().hash());
    }

    private Chain open(int maxReorganisationDepth) {
        return Chain.open(NETWORK.genesis(), storage, maxReorganisationDepth);
    }

    private static void accept(Chain chain, List<Block> blocks) {
        blocks.forEach(block -> chain.acceptBlock(block, NOW));
    }
}
