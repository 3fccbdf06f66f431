package dev.rensa.node.snapshot;

import static dev.rensa.node.chain.TestNetwork.account;

import dev.rensa.node.chain.Account;
import dev.rensa.node.chain.Chain;
import dev.rensa.node.chain.InMemoryStorage;
import dev.rensa.node.chain.ModelChain;
import dev.rensa.node.chain.TestNetwork;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.block.BlockHeader;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.Hash;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.genesis.Allocation;
import dev.rensa.protocol.genesis.Genesis;
import dev.rensa.protocol.money.Amount;
import dev.rensa.protocol.state.StateBucket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A chain whose two newest committed states are those that are chosen before and after it grew. */
final class JoinSource {
    static final long NOW = TestNetwork.START_MILLIS + 1_000_000_000L;

    private static final int INTERVAL = 2;
    private static final int SENDERS = 6;

    /** Blocks that the source has applied. */
    static final int COMMITTED = 6 * INTERVAL;

    /** The bucket of {@link #withLargeBucket} that no message holds. */
    static final int LARGE_BUCKET = 0x0102;

    /** The parts that it comes in. */
    static final int LARGE_PARTS = 3;

    private static @Nullable JoinSource large;

    private final TestNetwork network;
    private final ModelChain model;
    private final Chain chain;
    private final List<Block> blocks = new ArrayList<>();

    /**
     * Mines the chain.
     *
     * @param more accounts that block 0 knows beside those who send
     * @param recipients who is paid at each height
     */
    JoinSource(List<Allocation> more, IntFunction<PublicKey> recipients) {
        network = TestNetwork.ofAccounts(SENDERS, INTERVAL, more);
        model = new ModelChain(network.genesis());
        chain = Chain.open(network.genesis(), new InMemoryStorage(), 100);
        Block tip = model.block0();
        for (int height = 1; height <= COMMITTED + INTERVAL; height++) {
            int sender = height % SENDERS;
            tip = model.mine(
                    tip,
                    account(8),
                    List.of(network.transfer(sender, (height - 1) / SENDERS, recipients.apply(height), 5, 1)));
            blocks.add(tip);
            if (height <= COMMITTED) {
                chain.acceptBlock(tip, NOW);
            }
        }
    }

    /** A chain with a bucket in three parts, made once: it takes a second. */
    static synchronized JoinSource withLargeBucket() {
        if (large == null) {
            List<Allocation> more = IntStream.range(0, (LARGE_PARTS - 1) * StateBucket.PART_ACCOUNTS + 5)
                    .mapToObj(i -> new Allocation(inLargeBucket(i), Amount.ofMon(1)))
                    .toList();
            large = new JoinSource(more, height -> inLargeBucket(1_000 * height));
        }
        return large;
    }

    private static PublicKey inLargeBucket(int number) {
        return PublicKey.of(ByteBuffer.allocate(PublicKey.LENGTH)
                .putShort((short) LARGE_BUCKET)
                .putInt(number)
                .array());
    }

    Genesis genesis() {
        return network.genesis();
    }

    Chain chain() {
        return chain;
    }

    List<BlockHeader> headers() {
        return blocks.stream().map(Block::header).toList();
    }

    /** A longer branch that parts below the lowest header which commits to a state that is chosen, and lies about it. */
    List<BlockHeader> branchThatCommitsTo(Hash stateRoot) {
        int committing = COMMITTED - INTERVAL;
        Block tip = model.mineBroken(
                blocks.get(committing - 2),
                account(9),
                List.of(),
                header -> new BlockHeader(
                        header.height(),
                        header.parent(),
                        header.transactionsRoot(),
                        stateRoot,
                        header.timestampMillis(),
                        header.target(),
                        header.miner(),
                        0));
        model.remember(tip);
        List<BlockHeader> branch = new ArrayList<>(List.of(tip.header()));
        model.mineMany(tip, account(9), INTERVAL + 1).forEach(block -> branch.add(block.header()));
        return branch;
    }

    SortedMap<PublicKey, Account> accountsBehind(BlockHash block) {
        return model.node(block).accounts();
    }
}
