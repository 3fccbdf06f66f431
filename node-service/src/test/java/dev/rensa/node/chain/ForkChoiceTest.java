package dev.rensa.node.chain;

import static dev.rensa.node.chain.TestNetwork.account;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.block.BlockHeader;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.verdict.RejectionReason;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForkChoiceTest {
    private static final long NOW = TestNetwork.START_MILLIS + 1_000_000_000L;
    private static final TestNetwork NETWORK = TestNetwork.ofAccounts(3, 1_000);
    private static final Rejection BAD_SIGNATURE = new Rejection(RejectionReason.INVALID_SIGNATURE, "transaction 0");

    private final ModelChain model = new ModelChain(NETWORK.genesis());
    private final InMemoryStorage storage = new InMemoryStorage();

    @Test
    void shouldGoBackWhenTheBetterBranchTurnsOutInvalid() {
        Chain chain = open(100);
        List<Block> good = model.mineMany(model.block0(), account(8), 3);
        accept(chain, good);
        List<Block> start = model.mineMany(model.block0(), account(9), 2);
        Transaction unfunded = NETWORK.transfer(40, 0, account(1), 1, 0);
        Block bad = model.mineBroken(start.getLast(), account(9), List.of(unfunded), header -> header);
        Block onBad = onTopOf(bad);
        Block onTop = onTopOf(onBad);
        chain.acceptHeaders(headers(List.of(start.get(0), start.get(1), bad, onBad, onTop)), NOW);
        assertThat(chain.bestHeader().hash()).isEqualTo(onTop.hash());

        accept(chain, List.of(onTop, onBad, bad, start.get(1)));
        BlockOutcome outcome = chain.acceptBlock(start.getFirst(), NOW);

        assertThat(outcome).isInstanceOf(BlockOutcome.Connected.class);
        assertThat(chain.head().hash()).isEqualTo(good.getLast().hash());
        assertThat(chain.bestHeader().hash()).isEqualTo(good.getLast().hash());
        assertThat(StoredState.accounts(storage))
                .isEqualTo(model.node(good.getLast().hash()).accounts());
        assertThat(List.of(bad, onBad, onTop))
                .allSatisfy(block -> assertThat(
                                chain.find(block.hash()).orElseThrow().state())
                        .isEqualTo(BlockState.INVALID));
        assertThat(chain.rejectionOf(bad.hash()).orElseThrow().reason()).isEqualTo(RejectionReason.INVALID_TRANSACTION);
        assertThat(chain.acceptBlock(onTopOf(onTop), NOW))
                .isInstanceOfSatisfying(
                        BlockOutcome.Rejected.class,
                        rejected ->
                                assertThat(rejected.rejection().reason()).isEqualTo(RejectionReason.INVALID_ANCESTOR));
    }

    @Test
    void shouldRememberWhyABlockIsInvalidAcrossOpenings() {
        Block block = model.mine(model.block0(), account(8), List.of());
        Chain chain = open(100);
        chain.acceptHeaders(headers(List.of(block)), NOW);

        assertThat(chain.invalidate(block.hash(), BAD_SIGNATURE)).isEmpty();

        assertThat(chain.missingBodies(0, Long.MAX_VALUE)).isEmpty();
        assertThat(open(100).acceptBlock(block, NOW)).isEqualTo(new BlockOutcome.Rejected(BAD_SIGNATURE, List.of()));
    }

    @Test
    void shouldLeaveAConnectedBlockThatIsInvalidatedLater() {
        Chain chain = open(100);
        List<Block> blocks = model.mineMany(model.block0(), account(8), 5);
        accept(chain, blocks);

        List<ChainChange> changes = chain.invalidate(blocks.get(2).hash(), BAD_SIGNATURE);

        assertThat(changes).singleElement().satisfies(change -> {
            assertThat(change.disconnected()).containsExactly(blocks.get(4), blocks.get(3), blocks.get(2));
            assertThat(change.connected()).isEmpty();
        });
        assertThat(chain.head().hash()).isEqualTo(blocks.get(1).hash());
        assertThat(chain.bestHeader().hash()).isEqualTo(blocks.get(1).hash());
        assertThat(open(100).head().hash()).isEqualTo(blocks.get(1).hash());
    }

    @Test
    void shouldFollowAReorganisationOfTheGreatestDepthAndNoDeeper() {
        Chain chain = open(4);
        accept(chain, model.mineMany(model.block0(), account(8), 4));
        List<Block> better = model.mineMany(model.block0(), account(9), 6);

        accept(chain, better.subList(0, 5));
        assertThat(chain.head().hash()).isEqualTo(better.get(4).hash());

        List<Block> tooDeep = model.mineMany(model.block0(), account(7), 8);
        HeaderOutcome outcome = chain.acceptHeaders(headers(tooDeep), NOW);
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        HeaderOutcome.Rejected.class,
                        rejected -> assertThat(rejected.rejection().reason())
                                .isEqualTo(RejectionReason.REORGANISATION_TOO_DEEP));
        assertThat(chain.find(tooDeep.getFirst().hash())).isEmpty();
        assertThat(chain.head().hash()).isEqualTo(better.get(4).hash());
        assertThat(chain.bestHeader().hash()).isEqualTo(better.get(4).hash());
        assertThat(chain.missingBodies(0, Long.MAX_VALUE)).isEmpty();
        assertThat(chain.acceptBlock(better.get(5), NOW)).isInstanceOf(BlockOutcome.Connected.class);
        assertThat(open(4).head().hash()).isEqualTo(better.get(5).hash());
    }

    @Test
    void shouldStoreNoHeadersOfABranchFarBelowTheWorkOfItsHead() {
        Chain chain = open(1_000);
        accept(chain, model.mineMany(model.block0(), account(8), 2 * ForkChoice.LOW_WORK_BLOCKS));
        List<BlockHeader> branch = headers(model.mineMany(model.block0(), account(9), ForkChoice.LOW_WORK_BLOCKS));
        List<BlockHeader> first = branch.subList(0, 100);

        HeaderOutcome weak = chain.acceptHeaders(first, NOW);
        assertThat(weak).isInstanceOf(HeaderOutcome.Unproven.class);
        assertThat(chain.find(first.getFirst().hash())).isEmpty();

        HeaderBranch proving = ((HeaderOutcome.Unproven) weak).branch();
        HeaderOutcome enough = chain.extend(proving, branch.subList(100, branch.size()), NOW);
        assertThat(enough)
                .isInstanceOfSatisfying(
                        HeaderOutcome.Proven.class,
                        proven -> assertThat(proven.branch().milestones())
                                .containsExactly(
                                        first.getLast().hash(), branch.getLast().hash()));
        assertThat(chain.find(branch.getLast().hash())).isEmpty();
        assertThat(chain.acceptProven(branch, NOW)).isInstanceOf(HeaderOutcome.Accepted.class);
        assertThat(chain.find(branch.getLast().hash())).isPresent();
    }

    @Test
    void shouldTellALongReorganisationInBoundedSteps() {
        Chain chain = open(1_000);
        accept(chain, model.mineMany(model.block0(), account(8), 150));
        List<Block> better = model.mineMany(model.block0(), account(9), 151);
        chain.acceptHeaders(headers(better), NOW);
        accept(chain, better.subList(0, 149));
        chain.acceptBlock(better.get(150), NOW);

        BlockOutcome outcome = chain.acceptBlock(better.get(149), NOW);

        assertThat(outcome).isInstanceOfSatisfying(BlockOutcome.Connected.class, connected -> {
            assertThat(connected.changes())
                    .allSatisfy(change -> assertThat(change.disconnected().size()
                                    + change.connected().size())
                            .isLessThanOrEqualTo(ChangeRecorder.MAX_STEP_BLOCKS));
            assertThat(connected.changes().stream()
                            .mapToInt(change -> change.connected().size())
                            .sum())
                    .isEqualTo(151);
        });
        assertThat(chain.head().hash()).isEqualTo(better.getLast().hash());
    }

    @Test
    void shouldStopAtTheBoundOfOneCallAndGoOnAtTheNext() {
        Chain chain = open(5_000);
        List<Block> blocks = model.mineMany(model.block0(), account(8), ChangeRecorder.MAX_BLOCKS + 100);
        chain.acceptHeaders(headers(blocks), NOW);
        accept(chain, blocks.subList(1, blocks.size()));

        chain.acceptBlock(blocks.getFirst(), NOW);
        assertThat(chain.head().height()).isEqualTo(ChangeRecorder.MAX_BLOCKS);

        assertThat(chain.advance()).isNotEmpty();
        assertThat(chain.head().hash()).isEqualTo(blocks.getLast().hash());
        assertThat(chain.advance()).isEmpty();
    }

    @Test
    void shouldListTheBranchesThatAreOpen() {
        Chain chain = open(100);
        List<Block> blocks = model.mineMany(model.block0(), account(8), 6);
        accept(chain, blocks);
        Block side = model.mine(blocks.get(3), account(9), List.of());
        chain.acceptBlock(side, NOW);

        List<BranchTip> tips = chain.branchTips();

        assertThat(tips).hasSize(2);
        assertThat(tips.get(0).canonical()).isTrue();
        assertThat(tips.get(1).tip().hash()).isEqualTo(side.hash());
        assertThat(tips.get(1).forkHeight()).isEqualTo(4);
    }

    private Chain open(int maxReorganisationDepth) {
        return Chain.open(NETWORK.genesis(), storage, maxReorganisationDepth);
    }

    private static List<BlockOutcome> accept(Chain chain, List<Block> blocks) {
        return blocks.stream().map(block -> chain.acceptBlock(block, NOW)).toList();
    }

    private static List<BlockHeader> headers(List<Block> blocks) {
        return blocks.stream().map(Block::header).toList();
    }

    /** An empty block on a parent that the model may not know. */
    private static Block onTopOf(Block parent) {
        BlockHash hash = parent.hash();
        return new Block(
                ModelChain.search(new BlockHeader(
                        parent.height() + 1,
                        hash,
                        Block.transactionsRoot(List.of()),
                        parent.header().stateRoot(),
                        parent.header().timestampMillis() + 1,
                        parent.header().target(),
                        account(9),
                        0)),
                List.of());
    }
}
