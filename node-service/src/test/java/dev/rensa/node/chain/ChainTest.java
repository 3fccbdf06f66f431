package dev.rensa.node.chain;

import static dev.rensa.node.chain.TestNetwork.account;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.block.BlockHeader;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.money.Amount;
import dev.rensa.protocol.transaction.Transaction;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChainTest {
    private static final long NOW = TestNetwork.START_MILLIS + 100L * 24 * 3_600 * 1_000;
    private static final TestNetwork NETWORK = TestNetwork.ofAccounts(3, 5);

    private final ModelChain model = new ModelChain(NETWORK.genesis());
    private final InMemoryStorage storage = new InMemoryStorage();
    private final Chain chain = Chain.open(NETWORK.genesis(), storage, 100);

    @Test
    void shouldBeginAtBlock0WithTheAllocations() {
        assertThat(chain.head().hash()).isEqualTo(NETWORK.networkHash());
        assertThat(chain.account(account(0)).balance()).isEqualTo(TestNetwork.FORTUNE);
        assertThat(chain.account(account(9))).isEqualTo(Account.EMPTY);
        assertThat(chain.block(NETWORK.networkHash())).contains(model.block0());
    }

    @Test
    void shouldMoveMoneyAndRewardTheMiner() {
        Transaction transfer = NETWORK.transfer(0, 0, account(1), 700, 30);
        Block block = model.mine(model.block0(), account(8), List.of(transfer));

        BlockOutcome outcome = chain.acceptBlock(block, NOW);

        assertThat(outcome).isInstanceOfSatisfying(BlockOutcome.Connected.class, connected -> {
            ChainChange change = connected.changes().getFirst();
            assertThat(change.fork().hash()).isEqualTo(NETWORK.networkHash());
            assertThat(change.connected()).containsExactly(block);
            assertThat(change.isReorganisation()).isFalse();
        });
        assertThat(chain.account(account(0))).isEqualTo(new Account(TestNetwork.FORTUNE.minus(Amount.ofMon(730)), 1));
        assertThat(chain.account(account(1)).balance()).isEqualTo(TestNetwork.FORTUNE.plus(Amount.ofMon(700)));
        assertThat(chain.account(account(8)).balance())
                .isEqualTo(Amount.ofCoins(1).plus(Amount.ofMon(30)));
        assertThat(chain.position(transfer.id())).contains(new TransactionPosition(block.hash(), 1, 0));
        assertThat(chain.accountAtHead(account(0)).head().hash()).isEqualTo(block.hash());
    }

    @Test
    void shouldKnowABlockThatComesTwice() {
        Block block = model.mine(model.block0(), account(8), List.of());
        chain.acceptBlock(block, NOW);

        assertThat(chain.acceptBlock(block, NOW)).isInstanceOf(BlockOutcome.Known.class);
    }

    @Test
    void shouldConnectBodiesThatArriveInReverse() {
        List<Block> blocks = model.mineMany(model.block0(), account(8), 12);
        chain.acceptHeaders(blocks.stream().map(Block::header).toList(), NOW);
        assertThat(chain.bestHeader().height()).isEqualTo(12);

        for (int i = 11; i > 0; i--) {
            assertThat(chain.acceptBlock(blocks.get(i), NOW)).isInstanceOf(BlockOutcome.Stored.class);
        }
        assertThat(chain.missingBodies(0, Long.MAX_VALUE))
                .extracting(BlockEntry::hash)
                .containsExactly(blocks.getFirst().hash());
        BlockOutcome outcome = chain.acceptBlock(blocks.getFirst(), NOW);

        assertThat(outcome).isInstanceOf(BlockOutcome.Connected.class);
        assertThat(chain.head().hash()).isEqualTo(blocks.getLast().hash());
        assertThat(chain.missingBodies(0, Long.MAX_VALUE)).isEmpty();
        assertStateIsThatOf(blocks.getLast());
    }

    @Test
    void shouldFollowTheBranchWithMoreWorkAndUndoTheOther() {
        Block shared = model.mine(model.block0(), account(8), List.of());
        Transaction abandoned = NETWORK.transfer(0, 0, account(7), 5_000, 1);
        Block left = model.mine(shared, account(8), List.of(abandoned));
        Block right = model.mine(shared, account(9), List.of());
        Block right2 = model.mine(right, account(9), List.of(NETWORK.transfer(1, 0, account(6), 10, 0)));
        List.of(shared, left, right).forEach(block -> chain.acceptBlock(block, NOW));

        BlockOutcome outcome = chain.acceptBlock(right2, NOW);

        assertThat(outcome).isInstanceOf(BlockOutcome.Connected.class);
        assertThat(chain.head().hash()).isEqualTo(right2.hash());
        assertThat(chain.position(abandoned.id())).isEmpty();
        assertThat(chain.canonicalHash(2)).contains(right.hash());
        assertStateIsThatOf(right2);
        assertThat(chain.branchTips()).extracting(BranchTip::forkHeight).containsExactly(3L, 1L);
    }

    @Test
    void shouldPreferTheLowerHashAtEqualWork() {
        Block one = model.mine(model.block0(), account(8), List.of());
        Block two = model.mine(model.block0(), account(9), List.of());
        BlockHash lower = one.hash().compareTo(two.hash()) < 0 ? one.hash() : two.hash();
        Chain other = Chain.open(NETWORK.genesis(), new InMemoryStorage(), 100);

        List.of(one, two).forEach(block -> chain.acceptBlock(block, NOW));
        List.of(two, one).forEach(block -> other.acceptBlock(block, NOW));

        assertThat(chain.head().hash()).isEqualTo(lower);
        assertThat(other.head().hash()).isEqualTo(lower);
    }

    @Test
    void shouldStandWhereItWasAfterAnotherOpening() {
        List<Block> blocks = model.mineMany(model.block0(), account(8), 23);
        blocks.forEach(block -> chain.acceptBlock(block, NOW));

        Chain reopened = Chain.open(NETWORK.genesis(), storage, 100);

        assertThat(reopened.head()).isEqualTo(chain.head());
        assertThat(reopened.bestHeader()).isEqualTo(chain.bestHeader());
        Block next = model.mine(blocks.getLast(), account(8), List.of());
        assertThat(reopened.acceptBlock(next, NOW)).isInstanceOf(BlockOutcome.Connected.class);
    }

    @Test
    void shouldTellWhatLiesBehindALocator() {
        List<Block> blocks = model.mineMany(model.block0(), account(8), 40);
        blocks.forEach(block -> chain.acceptBlock(block, NOW));
        Chain other = Chain.open(NETWORK.genesis(), new InMemoryStorage(), 100);
        blocks.subList(0, 20).forEach(block -> other.acceptBlock(block, NOW));
        other.acceptBlock(model.mine(blocks.get(19), account(9), List.of()), NOW);

        List<BlockHeader> headers = chain.headersAfter(other.locator(), 15);

        assertThat(headers)
                .isEqualTo(blocks.subList(20, 35).stream().map(Block::header).toList());
        assertThat(other.locator()).hasSizeLessThanOrEqualTo(64).endsWith(NETWORK.networkHash());
        assertThat(other.acceptHeaders(headers, NOW)).isInstanceOf(HeaderOutcome.Accepted.class);
        assertThat(other.missingBodies(0, Long.MAX_VALUE)).hasSize(15);
    }

    @Test
    void shouldOfferATemplateThatTheRulesAccept() {
        List<Block> blocks = model.mineMany(model.block0(), account(8), 4);
        blocks.forEach(block -> chain.acceptBlock(block, NOW));

        HeaderTemplate template = chain.template(NOW);
        BlockHeader header = ModelChain.search(new BlockHeader(
                template.height(),
                template.parent(),
                Block.transactionsRoot(List.of()),
                template.stateRoot(),
                template.timestampMillis(),
                template.target(),
                account(8),
                0));

        assertThat(template.stateRoot().isZero()).isFalse();
        assertThat(chain.acceptBlock(new Block(header, List.of()), NOW)).isInstanceOf(BlockOutcome.Connected.class);
    }

    private void assertStateIsThatOf(Block block) {
        assertThat(StoredState.accounts(storage))
                .isEqualTo(model.node(block.hash()).accounts());
    }
}
