package dev.rensa.node.chain;

import static dev.rensa.node.chain.TestNetwork.account;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.state.BucketRoots;
import dev.rensa.protocol.state.StateBucket;
import dev.rensa.protocol.transaction.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Checkpoint states that can be read: which are kept, and which come back when the store is opened anew. */
class KeptStatesTest {
    private static final long NOW = TestNetwork.START_MILLIS + 1_000_000_000L;
    private static final int INTERVAL = 3;
    private static final int DEPTH = 100;

    private final TestNetwork network = TestNetwork.ofAccounts(3, INTERVAL);
    private final ModelChain model = new ModelChain(network.genesis());

    @Test
    void shouldComeBackAfterARestartAtAnyHeightWhileTheHeadMovesOnOrToAnotherBranch() {
        long seed = Seed.print("KeptStatesTest");
        Random random = new Random(seed);
        List<Block> blocks = new ArrayList<>(List.of(model.block0()));
        for (int height = 1; height <= 20; height++) {
            blocks.add(mineTransfers(blocks.getLast(), random));
            InMemoryStorage storage = new InMemoryStorage();
            Chain before = Chain.open(network.genesis(), storage, DEPTH);
            accept(before, blocks.subList(1, blocks.size()));
            LateWork background = new LateWork();
            Chain chain = Chain.open(network.genesis(), storage, DEPTH, background);
            assertThat(chain.committedStates()).isEmpty();

            Block parent = random.nextBoolean() ? blocks.getLast() : blocks.get(height - 1);
            accept(chain, model.mineMany(parent, account(9), 2));
            background.doAll();
            chain.advance();

            checkStates(chain, seed);
        }
    }

    @Test
    void shouldComeBackAboveAnImportedStateButNotBelow() {
        List<Block> blocks = model.mineMany(model.block0(), account(8), 12);
        Chain source = Chain.open(network.genesis(), new InMemoryStorage(), DEPTH);
        accept(source, blocks);
        CheckpointState state = source.committedStates().getFirst().state();
        assertThat(state.height()).isEqualTo(9);
        InMemoryStorage storage = new InMemoryStorage();
        Chain joined = Chain.open(network.genesis(), storage, DEPTH);
        joined.acceptHeaders(blocks.stream().map(Block::header).toList(), NOW);
        joined.stateImport().begin(state.block(), state.roots());
        joined.stateImport().store(0, all(state));
        assertThat(joined.stateImport().prepare()).isTrue();

        assertThat(joined.install()).isTrue();
        accept(joined, blocks.subList(9, 12));
        Chain again = Chain.open(network.genesis(), storage, DEPTH);

        assertThat(heights(joined)).first().isEqualTo(9L);
        assertThat(heights(again)).containsExactly(9L);
        assertThat(all(again.committedStates().getFirst().state())).isEqualTo(all(state));
    }

    @Test
    void shouldComeBackAsFarAsUndoRecordsReach() {
        InMemoryStorage storage = new InMemoryStorage();
        accept(Chain.open(network.genesis(), storage, 4), model.mineMany(model.block0(), account(8), 13));

        Chain chain = Chain.open(network.genesis(), storage, 4);

        assertThat(heights(chain)).containsExactly(9L);
    }

    @Test
    void shouldStayTheTwoNewestWhenABranchIsLeft() {
        Chain chain = Chain.open(network.genesis(), new InMemoryStorage(), DEPTH);
        List<Block> left = model.mineMany(model.block0(), account(8), 13);
        accept(chain, left);
        assertThat(heights(chain)).containsExactly(9L, 6L);

        accept(chain, model.mineMany(left.get(7), account(9), 6));

        assertThat(chain.head().height()).isEqualTo(14);
        assertThat(heights(chain)).containsExactly(9L, 6L);
    }

    @Test
    void shouldNotComeBackFromAccountsThatAreNotThoseOfTheChain() {
        InMemoryStorage storage = new InMemoryStorage();
        List<Block> blocks = model.mineMany(model.block0(), account(8), 7);
        accept(Chain.open(network.genesis(), storage, DEPTH), blocks);
        byte[] fourth = blocks.get(3).hash().toBytes();
        storage.commit(new StorageBatch().put(Column.UNDO, fourth, Records.encodeUndo(List.of())));

        assertThatThrownBy(() -> Chain.open(network.genesis(), storage, DEPTH))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("damaged");
    }

    private Block mineTransfers(Block parent, Random random) {
        List<Transaction> transactions = new ArrayList<>();
        for (int sender = 0; sender < 3; sender++) {
            long nonce =
                    model.node(parent.hash()).accounts().get(account(sender)).nextNonce();
            transactions.add(network.transfer(sender, nonce, account(random.nextInt(60)), 1 + random.nextInt(9), 0));
        }
        return model.mine(parent, account(8 + random.nextInt(2)), transactions);
    }

    private static void accept(Chain chain, List<Block> blocks) {
        blocks.forEach(block -> chain.acceptBlock(block, NOW));
    }

    /** The two newest that a header commits to are here, with the accounts that the model has. */
    private void checkStates(Chain chain, long seed) {
        long newest = chain.head().height() / INTERVAL * INTERVAL - INTERVAL;
        assertThat(heights(chain))
                .as("seed %d", seed)
                .isEqualTo(newest < 0 ? List.of() : newest == 0 ? List.of(0L) : List.of(newest, newest - INTERVAL));
        for (CommittedState committed : chain.committedStates()) {
            CheckpointState state = committed.state();
            var accounts = new TreeMap<>(model.node(state.block()).accounts());
            accounts.values().removeIf(Account::isEmpty);
            all(state)
                    .forEach(bucket -> bucket.accounts()
                            .forEach(account -> assertThat(accounts.remove(account.key()))
                                    .as("seed %d, height %d", seed, state.height())
                                    .isEqualTo(new Account(account.balance(), account.nextNonce()))));
            assertThat(accounts).as("seed %d, height %d", seed, state.height()).isEmpty();
            assertThat(state.roots().stateRoot()).isEqualTo(committed.header().stateRoot());
        }
    }

    private static List<Long> heights(Chain chain) {
        return chain.committedStates().stream()
                .map(committed -> committed.state().height())
                .toList();
    }

    private static List<StateBucket> all(CheckpointState state) {
        return state.buckets(0, BucketRoots.BUCKETS, Long.MAX_VALUE).orElseThrow();
    }
}
