package dev.rensa.node.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.node.chain.BackgroundWork;
import dev.rensa.node.chain.Chain;
import dev.rensa.node.chain.InMemoryStorage;
import dev.rensa.node.chain.LateWork;
import dev.rensa.node.chain.TestNetwork;
import dev.rensa.node.mempool.Mempool;
import dev.rensa.node.mempool.MempoolLimits;
import dev.rensa.node.peer.Message;
import dev.rensa.node.peer.NodeKey;
import dev.rensa.node.peer.PeerAddress;
import dev.rensa.node.peer.PeerInfo;
import dev.rensa.node.peer.PeerLink;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.work.Work;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Questions for accounts take long: those for blocks do not wait behind them. */
class DearQuestionsTest {
    private static final TestNetwork NETWORK = TestNetwork.ofAccounts(3, 3);

    @Test
    void shouldGiveBlocksWhileAccountsAreLookedUp() {
        LateWork states = new LateWork();
        Chain chain = Chain.open(NETWORK.genesis(), new InMemoryStorage(), 100);
        WakeUpTest.Witness witness = new WakeUpTest.Witness();
        NodeCore core = new NodeCore(
                chain,
                new Mempool(chain, MempoolLimits.DEFAULT, witness),
                new WakeUpTest.NothingToCheck(),
                BackgroundWork.AT_ONCE,
                states,
                () -> Instant.ofEpochMilli(TestNetwork.START_MILLIS),
                new Random(1),
                (delay, task) -> () -> {},
                false,
                (_, _) -> false,
                witness);
        Asker asker = new Asker();
        core.connected(asker);

        core.received(asker, new Message.GetStateRoots(chain.head().hash()));
        core.received(asker, new Message.GetHeaders(List.of()));

        assertThat(asker.heard).hasAtLeastOneElementOfType(Message.Headers.class);
        assertThat(asker.heard).noneMatch(Message.StateRoots.class::isInstance);
        states.doAll();
        assertThat(asker.heard).hasAtLeastOneElementOfType(Message.StateRoots.class);
    }

    private static final class Asker implements PeerLink {
        private final List<Message> heard = new ArrayList<>();

        @Override
        public PeerInfo info() {
            return new PeerInfo(
                    new NodeKey(TestNetwork.account(9)),
                    "asker",
                    "test",
                    false,
                    new PeerAddress("asker", 7_400),
                    Optional.empty(),
                    0,
                    BlockHash.ZERO,
                    Work.ZERO);
        }

        @Override
        public boolean send(Message message) {
            return heard.add(message);
        }

        @Override
        public boolean isPaused() {
            return false;
        }

        @Override
        public long queuedBytes() {
            return 0;
        }

        @Override
        public void disconnect(Rejection rejection) {
            throw new AssertionError("it asked what anybody may: " + rejection);
        }

        @Override
        public void penalise(int points, Rejection rejection) {
            throw new AssertionError("it asked what anybody may: " + rejection);
        }
    }
}
