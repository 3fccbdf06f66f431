package dev.rensa.node.core;

import static dev.rensa.node.chain.TestNetwork.account;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.node.chain.BackgroundWork;
import dev.rensa.node.chain.Chain;
import dev.rensa.node.chain.ChainChange;
import dev.rensa.node.chain.ChainHead;
import dev.rensa.node.chain.InMemoryStorage;
import dev.rensa.node.chain.LateWork;
import dev.rensa.node.chain.ModelChain;
import dev.rensa.node.chain.SignatureChecks;
import dev.rensa.node.chain.TestNetwork;
import dev.rensa.node.mempool.Mempool;
import dev.rensa.node.mempool.MempoolLimits;
import dev.rensa.node.peer.NodeKey;
import dev.rensa.node.peer.PeerAddress;
import dev.rensa.node.peer.PeerInfo;
import dev.rensa.node.peer.PeerLink;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.verdict.RejectionReason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A node that opens on blocks which wait for a state root. */
class WakeUpTest {

    private static final long NOW = TestNetwork.START_MILLIS + 1_000_000_000L;
    private static final TestNetwork NETWORK = TestNetwork.ofAccounts(3, 3);

    @Test
    void shouldGoOnWhereTheRootWasThereBeforeAnybodyListened() {
        InMemoryStorage storage = new InMemoryStorage();
        ModelChain model = new ModelChain(NETWORK.genesis());
        List<Block> blocks = model.mineMany(model.block0(), account(8), 5);
        Chain killed = Chain.open(NETWORK.genesis(), storage, 100, new LateWork());
        blocks.forEach(block -> killed.acceptBlock(block, NOW));
        LateWork background = new LateWork();
        Chain chain = Chain.open(NETWORK.genesis(), storage, 100, background);
        background.doAll();
        assertThat(chain.head().height()).isEqualTo(2);
        Witness witness = new Witness();

        NodeCore core = new NodeCore(
                chain,
                new Mempool(chain, MempoolLimits.DEFAULT, witness),
                new NothingToCheck(),
                BackgroundWork.AT_ONCE,
                BackgroundWork.AT_ONCE,
                () -> Instant.ofEpochMilli(NOW),
                new Random(1),
                (delay, task) -> () -> {},
                false,
                (_, _) -> false,
                witness);
        core.start();
        background.doAll();

        assertThat(chain.head().hash()).isEqualTo(blocks.getLast().hash());
        assertThat(witness.connected).containsExactlyElementsOf(blocks.subList(2, 5));
    }

    /** No transaction comes this way. */
    static final class NothingToCheck implements SignatureChecks {
        @Override
        public void check(List<Transaction> transactions, Consumer<boolean[]> whenDone) {
            boolean[] valid = new boolean[transactions.size()];
            Arrays.fill(valid, true);
            whenDone.accept(valid);
        }

        @Override
        public <T> void check(
                Supplier<T> preparing, Function<T, List<Transaction>> signed, BiConsumer<T, boolean[]> whenDone) {
            T prepared = preparing.get();
            check(signed.apply(prepared), valid -> whenDone.accept(prepared, valid));
        }
    }

    /** Notes what joins the chain. */
    static final class Witness implements NodeListener {
        private final List<Block> connected = new ArrayList<>();

        @Override
        public void chainChanged(ChainChange change, Optional<NodeKey> from) {
            connected.addAll(change.connected());
        }

        @Override
        public void peerConnected(PeerLink link) {}

        @Override
        public void peerDisconnected(PeerLink link, Rejection rejection) {}

        @Override
        public void addressesLearned(PeerInfo from, List<PeerAddress> addresses) {}

        @Override
        public void baseInstalled(ChainHead base) {}

        @Override
        public void branchRefused(NodeKey peer, Rejection rejection) {}

        @Override
        public void admitted(Transaction transaction, boolean pending) {}

        @Override
        public void evicted(Transaction transaction, RejectionReason reason) {}
    }
}
