package dev.rensa.node.chain;

import static dev.rensa.node.chain.TestNetwork.account;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.Hash;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.crypto.Sha256;
import dev.rensa.protocol.money.Amount;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class StateRootTest {
    private static final long NOW = TestNetwork.START_MILLIS + 1_000_000_000L;

    /** Root over no account at all: 65,536 empty buckets. */
    private static final String EMPTY_ROOT = "90f0951505390e5d3756748a16b2845d2a14085069cc46ffbdd34a8661f1f5d5";

    /** Root over three accounts, two of them in one bucket; computed by a program of its own in another language. */
    private static final String FROZEN_ROOT = "19d7a692996de1e51a5a0835e46166e44601d8a52fb5315b0e11d862c1a16711";

    @Test
    void shouldStayWhatItWasFrozenAt() {
        SortedMap<PublicKey, Account> accounts = new TreeMap<>();
        accounts.put(key("00"), new Account(Amount.ofMon(1), 2));
        accounts.put(key("abcd01"), new Account(Amount.ofCoins(3), 0));
        accounts.put(key("abcd02"), new Account(Amount.ZERO, 4));

        assertThat(ModelChain.stateRoot(new TreeMap<>()).toHex()).isEqualTo(EMPTY_ROOT);
        assertThat(ModelChain.stateRoot(accounts).toHex()).isEqualTo(FROZEN_ROOT);
        assertThat(computedRoot(new TreeMap<>()).toHex()).isEqualTo(EMPTY_ROOT);
        assertThat(computedRoot(accounts).toHex()).isEqualTo(FROZEN_ROOT);
    }

    @Test
    void shouldBeTheModelsWhileAccountsComeChangeAndGo() {
        long seed = Seed.print("StateRootTest");
        Random random = new Random(seed);
        InMemoryStorage storage = new InMemoryStorage();
        SortedMap<PublicKey, Account> accounts = new TreeMap<>();
        StateRoots roots = new StateRoots(storage, BackgroundWork.AT_ONCE);
        for (int round = 0; round < 20; round++) {
            SortedMap<PublicKey, Account> changes = new TreeMap<>();
            for (int i = 0; i < 200; i++) {
                byte[] bytes = new byte[32];
                // Few buckets, neighbours and the last one among them.
                bytes[0] = (byte) (random.nextBoolean() ? 0xff : 0);
                bytes[1] = (byte) (255 - random.nextInt(40));
                bytes[2] = (byte) random.nextInt(3);
                Account account =
                        random.nextInt(3) == 0 ? Account.EMPTY : new Account(Amount.ofMon(random.nextInt(50)), 1);
                changes.put(PublicKey.of(bytes), account);
            }
            AccountStore store = new AccountStore(storage, roots);
            StorageBatch batch = new StorageBatch();
            var buckets = store.stage(changes, batch);
            storage.commit(batch);
            store.stored(changes, buckets);
            accounts.putAll(changes);
            accounts.values().removeIf(Account::isEmpty);
            if (round % 3 == 2) {
                roots = new StateRoots(storage, BackgroundWork.AT_ONCE);
            }

            BlockHash block = block(round);
            roots.request(block, round);

            assertThat(roots.find(block)).as("seed %d, round %d", seed, round).contains(ModelChain.stateRoot(accounts));
        }
    }

    @Test
    void shouldHoldAcrossAReorganisationOverSeveralCheckpoints() {
        TestNetwork network = TestNetwork.ofAccounts(3, 3);
        ModelChain model = new ModelChain(network.genesis());
        Chain chain = Chain.open(network.genesis(), new InMemoryStorage(), 100);
        Block left = model.mine(model.block0(), account(8), List.of(network.transfer(0, 0, account(1), 5, 0)));
        Block right = model.mine(model.block0(), account(9), List.of(network.transfer(1, 0, account(2), 7, 0)));
        chain.acceptBlock(left, NOW);
        List<Block> leftBranch = model.mineMany(left, account(8), 10);
        leftBranch.forEach(block -> chain.acceptBlock(block, NOW));
        assertThat(chain.head().height()).isEqualTo(11);

        chain.acceptBlock(right, NOW);
        List<Block> rightBranch = model.mineMany(right, account(9), 11);
        rightBranch.forEach(block -> chain.acceptBlock(block, NOW));
        List<Block> leftAgain = model.mineMany(leftBranch.getLast(), account(8), 8);
        leftAgain.forEach(block -> chain.acceptBlock(block, NOW));

        assertThat(chain.head().hash()).isEqualTo(leftAgain.getLast().hash());
        assertThat(chain.head().height()).isEqualTo(19);
    }

    @Test
    void shouldLetABlockWaitForTheRootThatItBears() {
        TestNetwork network = TestNetwork.ofAccounts(3, 3);
        ModelChain model = new ModelChain(network.genesis());
        LateWork background = new LateWork();
        Chain chain = Chain.open(network.genesis(), new InMemoryStorage(), 100, background);
        List<Block> blocks = model.mineMany(model.block0(), account(8), 5);
        List<Long> heights = new ArrayList<>();
        chain.whenStateRootIsComputed(() -> {
            chain.advance();
            heights.add(chain.head().height());
        });

        blocks.forEach(block -> chain.acceptBlock(block, NOW));
        assertThat(chain.head().height()).isEqualTo(2);
        assertThat(chain.waitsForStateRoot()).isTrue();
        assertThat(chain.isTemplateReady()).isFalse();
        background.doAll();

        assertThat(heights).containsExactly(5L);
        assertThat(chain.waitsForStateRoot()).isFalse();
        assertThat(chain.head().hash()).isEqualTo(blocks.getLast().hash());
    }

    @Test
    void shouldComputeARootThatAKillForestalledFromTheAccountsAsTheyStood() {
        TestNetwork network = TestNetwork.ofAccounts(3, 3);
        ModelChain model = new ModelChain(network.genesis());
        InMemoryStorage storage = new InMemoryStorage();
        LateWork background = new LateWork();
        Chain killed = Chain.open(network.genesis(), storage, 100, background);
        background.doAll();
        Block first = model.mine(model.block0(), account(8), List.of(network.transfer(0, 0, account(1), 5, 0)));
        List<Block> blocks = model.mineMany(first, account(8), 2);
        Block fourth = model.mine(blocks.getLast(), account(9), List.of(network.transfer(0, 1, account(2), 5, 0)));
        killed.acceptBlock(first, NOW);
        blocks.forEach(block -> killed.acceptBlock(block, NOW));
        killed.acceptBlock(fourth, NOW);
        assertThat(killed.head().height()).isEqualTo(4);

        Chain chain = Chain.open(network.genesis(), storage, 100);
        List<Block> rest = model.mineMany(fourth, account(7), 5);
        rest.forEach(block -> chain.acceptBlock(block, NOW));

        assertThat(chain.head().hash()).isEqualTo(rest.getLast().hash());
    }

    private static BlockHash block(int number) {
        return BlockHash.of(Sha256.hash(new byte[] {(byte) number}));
    }

    private static PublicKey key(String hexPrefix) {
        return PublicKey.fromHex(hexPrefix + "5".repeat(64 - hexPrefix.length()));
    }

    private static Hash computedRoot(SortedMap<PublicKey, Account> accounts) {
        InMemoryStorage storage = new InMemoryStorage();
        StateRoots roots = new StateRoots(storage, BackgroundWork.AT_ONCE);
        AccountStore store = new AccountStore(storage, roots);
        StorageBatch batch = new StorageBatch();
        var buckets = store.stage(accounts, batch);
        storage.commit(batch);
        store.stored(accounts, buckets);
        roots.request(block(1), 1);
        return roots.find(block(1)).orElseThrow();
    }
}
