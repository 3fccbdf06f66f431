package dev.rensa.node.chain;

import static dev.rensa.node.chain.TestNetwork.account;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.block.BlockHeader;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.Hash;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.genesis.Retargeting;
import dev.rensa.protocol.money.Amount;
import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.protocol.transaction.TransferBody;
import dev.rensa.protocol.verdict.RejectionReason;
import dev.rensa.protocol.work.CompactTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Each rule of docs/protocol.md, broken once. */
class ChainRulesTest {
    private static final long NOW = TestNetwork.START_MILLIS + 3_600_000;
    private static final PublicKey MINER = account(50);
    private static final TestNetwork NETWORK = TestNetwork.of(3, 3, Retargeting.NONE, 10, 1_000);

    private final ModelChain model = new ModelChain(NETWORK.genesis());
    private final InMemoryStorage storage = new InMemoryStorage();
    private final Chain chain = Chain.open(NETWORK.genesis(), storage, 100);

    @Test
    void shouldWaitForAnUnknownParent() {
        assertRefused(header -> withParent(header, BlockHash.ZERO), RejectionReason.UNKNOWN_PARENT);
    }

    @Test
    void shouldCountHeights() {
        assertRefused(header -> withHeight(header, 2), RejectionReason.WRONG_HEIGHT);
    }

    @Test
    void shouldDemandTheTargetOfTheDifficultyRule() {
        assertRefused(header -> withTarget(header, CompactTarget.fromHex("207ffffe")), RejectionReason.WRONG_TARGET);
    }

    @Test
    void shouldDemandWork() {
        Block valid = model.mine(model.block0(), MINER, List.of());
        BlockHeader lazy = valid.header();
        while (lazy.target().isMetBy(lazy.hash())) {
            lazy = lazy.withNonce(lazy.nonce() + 1);
        }

        assertRefused(new Block(lazy, List.of()), RejectionReason.INSUFFICIENT_WORK);
    }

    @Test
    void shouldRefuseTheZeroKeyAsMiner() {
        assertRefused(
                model.mineBroken(model.block0(), PublicKey.ZERO, List.of(), header -> header),
                RejectionReason.INVALID_MINER);
    }

    @Test
    void shouldExceedTheMedianOfTheBlocksBefore() {
        List<Block> blocks = model.mineMany(model.block0(), MINER, 12);
        blocks.forEach(block -> chain.acceptBlock(block, NOW));
        long median = blocks.get(6).header().timestampMillis();

        assertRefused(
                model.mineBroken(blocks.getLast(), MINER, List.of(), header -> withTimestamp(header, median)),
                RejectionReason.TIMESTAMP_TOO_OLD);
        assertConnected(
                model.mineBroken(blocks.getLast(), MINER, List.of(), header -> withTimestamp(header, median + 1)));
    }

    @Test
    void shouldTakeTheUpperMedianOfAnEvenNumber() {
        Block first = model.mine(model.block0(), MINER, List.of());
        chain.acceptBlock(first, NOW);
        long upper = first.header().timestampMillis();

        assertRefused(
                model.mineBroken(first, MINER, List.of(), header -> withTimestamp(header, upper)),
                RejectionReason.TIMESTAMP_TOO_OLD);
    }

    @Test
    void shouldLetABlockFromTheFutureWait() {
        Block early = model.mineBroken(model.block0(), MINER, List.of(), header -> withTimestamp(header, NOW + 15_001));
        Block onTime =
                model.mineBroken(model.block0(), MINER, List.of(), header -> withTimestamp(header, NOW + 15_000));

        assertRefused(early, RejectionReason.TIMESTAMP_TOO_NEW);
        assertConnected(onTime);

        chain.acceptBlock(early, NOW + 1);

        assertThat(chain.find(early.hash())).isPresent();
    }

    @Test
    void shouldRefuseAStateRootWhereThereIsNoCheckpoint() {
        assertRefused(
                header -> withStateRoot(header, Hash.of(new byte[] {
                    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1
                })),
                RejectionReason.WRONG_STATE_ROOT);
    }

    @Test
    void shouldDemandTheRightStateRootAtACheckpoint() {
        List<Block> blocks = model.mineMany(model.block0(), MINER, 2);
        blocks.forEach(block -> chain.acceptBlock(block, NOW));

        assertRefused(
                model.mineBroken(blocks.getLast(), MINER, List.of(), header -> withStateRoot(header, Hash.ZERO)),
                RejectionReason.WRONG_STATE_ROOT);
        assertRefused(
                model.mineBroken(
                        blocks.getLast(), MINER, List.of(), header -> withStateRoot(header, header.transactionsRoot())),
                RejectionReason.WRONG_STATE_ROOT);
        assertConnected(model.mine(blocks.getLast(), MINER, List.of()));
    }

    @Test
    void shouldNotHoldABodyOfAnotherAgainstTheHeader() {
        Block block = model.mine(model.block0(), MINER, List.of(transfer(0, 0, 5)));

        assertRefused(new Block(block.header(), List.of()), RejectionReason.WRONG_TRANSACTIONS_ROOT);

        assertConnected(block);
    }

    @Test
    void shouldLimitTheBytesOfABlock() {
        List<Transaction> transactions = new ArrayList<>();
        for (int nonce = 0; nonce < 6; nonce++) {
            transactions.add(transfer(0, nonce, 5));
        }

        assertRefused(transactions, RejectionReason.BLOCK_TOO_LARGE, "1002", "1000");
    }

    @Test
    void shouldRefuseATransactionTwice() {
        Transaction transaction = transfer(0, 0, 5);

        assertRefused(
                List.of(transaction, transaction),
                RejectionReason.DUPLICATE_TRANSACTION,
                "transaction 1",
                transaction.id().toHex());
    }

    @Test
    void shouldRefuseATransactionOfAnotherNetwork() {
        Transaction foreign = NETWORK.sign(
                0, new TransferBody(7, account(0), 0, account(1), Amount.ofMon(1), Amount.ofMon(10), 0, ""));

        assertRefused(List.of(foreign), RejectionReason.INVALID_TRANSACTION, "wrong-network", "00000007");
    }

    @Test
    void shouldRefuseAnExpiredTransaction() {
        Block first = model.mine(model.block0(), MINER, List.of(validUntil(1, 1)));
        assertConnected(first);

        Block second = model.mineBroken(first, MINER, List.of(validUntil(0, 1)), header -> header);

        assertRefused(second, RejectionReason.INVALID_TRANSACTION, "expired", "height 1", "height 2");
    }

    @Test
    void shouldDemandTheMinimumFee() {
        Transaction cheap = NETWORK.transfer(0, 0, account(1), 5, 9);

        assertRefused(List.of(cheap), RejectionReason.INVALID_TRANSACTION, "fee-below-minimum", "9 mon", "10 mon");
    }

    @Test
    void shouldRefuseARepeatedNonce() {
        assertRefused(
                List.of(transfer(0, 0, 5), transfer(0, 0, 6)),
                RejectionReason.INVALID_TRANSACTION,
                "transaction 1",
                "nonce-too-low",
                "nonce is 0",
                "next is 1");
    }

    @Test
    void shouldRefuseANonceThatSkips() {
        assertRefused(
                List.of(transfer(0, 1, 5)),
                RejectionReason.INVALID_TRANSACTION,
                "nonce-gap",
                "nonce is 1",
                "next is 0");
    }

    @Test
    void shouldRefuseToSpendMoreThanThereIs() {
        assertRefused(
                List.of(transfer(0, 0, TestNetwork.FORTUNE.mon() - 9)),
                RejectionReason.INVALID_TRANSACTION,
                "insufficient-funds",
                "100000000001 mon",
                "100000000000 mon");
    }

    @Test
    void shouldLetWhatWasReceivedBeSpentInTheSameBlock() {
        Transaction all = transfer(0, 0, TestNetwork.FORTUNE.mon() - 10);
        Transaction more = transfer(1, 0, TestNetwork.FORTUNE.mon() + 1_000);

        assertConnected(model.mine(model.block0(), MINER, List.of(all, more)));
    }

    @Test
    void shouldNotLetTheMinerSpendItsRewardInTheSameBlock() {
        Transaction reward = NETWORK.transfer(50, 0, account(1), 5, 10);

        assertRefused(
                model.mineBroken(model.block0(), MINER, List.of(reward), header -> header),
                RejectionReason.INVALID_TRANSACTION,
                "insufficient-funds",
                "has 0 mon");
    }

    @Test
    void shouldChargeATransferToOneselfItsFeeAlone() {
        Transaction self = NETWORK.transfer(0, 0, account(0), TestNetwork.FORTUNE.mon() - 10, 10);

        assertConnected(model.mineBroken(model.block0(), MINER, List.of(self), header -> header));

        assertThat(chain.account(account(0))).isEqualTo(new Account(TestNetwork.FORTUNE.minus(Amount.ofMon(10)), 1));
    }

    private static Transaction transfer(int sender, long nonce, long amountMon) {
        return NETWORK.transfer(sender, nonce, account(1), amountMon, 10);
    }

    private static Transaction validUntil(int sender, long height) {
        return NETWORK.sign(
                sender,
                new TransferBody(
                        NETWORK.networkId(),
                        account(sender),
                        0,
                        account(2),
                        Amount.ofMon(1),
                        Amount.ofMon(10),
                        height,
                        ""));
    }

    private void assertRefused(UnaryOperator<BlockHeader> change, RejectionReason reason) {
        assertRefused(model.mineBroken(model.block0(), MINER, List.of(), change), reason);
    }

    private void assertRefused(List<Transaction> transactions, RejectionReason reason, String... words) {
        assertRefused(model.mineBroken(model.block0(), MINER, transactions, header -> header), reason, words);
    }

    private void assertRefused(Block block, RejectionReason reason, String... words) {
        ChainHead before = chain.head();

        BlockOutcome outcome = chain.acceptBlock(block, NOW);

        assertThat(outcome).isInstanceOfSatisfying(BlockOutcome.Rejected.class, rejected -> {
            assertThat(rejected.rejection().reason()).isEqualTo(reason);
            for (String word : words) {
                assertThat(rejected.rejection().detail()).contains(word);
            }
            assertThat(rejected.changes()).isEmpty();
        });
        assertThat(chain.head()).isEqualTo(before);
        assertThat(StoredState.accounts(storage))
                .isEqualTo(model.node(before.hash()).accounts());
    }

    private void assertConnected(Block block) {
        assertThat(chain.acceptBlock(block, NOW)).isInstanceOf(BlockOutcome.Connected.class);
        model.remember(block);
        assertThat(StoredState.accounts(storage))
                .isEqualTo(model.node(block.hash()).accounts());
    }

    private static BlockHeader withParent(BlockHeader h, BlockHash parent) {
        return new BlockHeader(
                h.height(),
                parent,
                h.transactionsRoot(),
                h.stateRoot(),
                h.timestampMillis(),
                h.target(),
                h.miner(),
                h.nonce());
    }

    private static BlockHeader withHeight(BlockHeader h, long height) {
        return new BlockHeader(
                height,
                h.parent(),
                h.transactionsRoot(),
                h.stateRoot(),
                h.timestampMillis(),
                h.target(),
                h.miner(),
                h.nonce());
    }

    private static BlockHeader withTarget(BlockHeader h, CompactTarget target) {
        return new BlockHeader(
                h.height(),
                h.parent(),
                h.transactionsRoot(),
                h.stateRoot(),
                h.timestampMillis(),
                target,
                h.miner(),
                h.nonce());
    }

    private static BlockHeader withTimestamp(BlockHeader h, long timestampMillis) {
        return new BlockHeader(
                h.height(),
                h.parent(),
                h.transactionsRoot(),
                h.stateRoot(),
                timestampMillis,
                h.target(),
                h.miner(),
                h.nonce());
    }

    private static BlockHeader withStateRoot(BlockHeader h, Hash stateRoot) {
        return new BlockHeader(
                h.height(),
                h.parent(),
                h.transactionsRoot(),
                stateRoot,
                h.timestampMillis(),
                h.target(),
                h.miner(),
                h.nonce());
    }
}
