package dev.rensa.node.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.node.peer.Message;
import dev.rensa.node.peer.NodeKey;
import dev.rensa.node.peer.PeerAddress;
import dev.rensa.node.peer.PeerInfo;
import dev.rensa.node.peer.PeerLink;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.work.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PeerExchangeTest {

    private final List<Runnable> timers = new ArrayList<>();
    private final PeerExchange exchange = new PeerExchange(new Random(1), (_, task) -> {
        timers.add(task);
        return () -> {};
    });

    @Test
    void shouldTellANewPeerOfOthersAndOthersOfTheNewOne() {
        FakeLink first = connect(1, "10.0.0.1");
        FakeLink second = connect(2, "10.0.0.2");

        assertThat(first.told).containsExactly(new PeerAddress("10.0.0.2", 7400));
        assertThat(second.told).containsExactly(new PeerAddress("10.0.0.1", 7400));
    }

    @Test
    void shouldTellABoundedNumberInALargeNetwork() {
        List<FakeLink> all = new ArrayList<>();
        for (int i = 1; i <= 200; i++) {
            all.add(connect(i, "10.0.0." + i));
        }
        FakeLink last = all.getLast();

        assertThat(last.told).hasSize(PeerExchange.TOLD_TO_NEW).doesNotHaveDuplicates();
        assertThat(all.subList(0, 199))
                .filteredOn(link -> link.told.contains(new PeerAddress("10.0.0.200", 7400)))
                .hasSize(PeerExchange.TOLD_AT_ONCE);
    }

    @Test
    void shouldTellAgainOnASchedule() {
        exchange.start();
        FakeLink first = connect(1, "10.0.0.1");
        connect(2, "10.0.0.2");
        first.told.clear();

        timers.removeFirst().run();

        assertThat(first.told).containsExactly(new PeerAddress("10.0.0.2", 7400));
        assertThat(timers).hasSize(1);
    }

    /** What means nothing to the one who is told stays here, and what means nothing here is not believed. */
    @Test
    void shouldPassOnNothingThatLeadsNowhere() {
        for (String host : List.of("127.0.0.1", "::1", "0.0.0.0", "fe80::1", "224.0.0.1", "localhost")) {
            FakeLink odd = connect(100, host);
            FakeLink other = connect(101, "10.0.0.9");
            assertThat(other.told).as(host).doesNotContain(new PeerAddress(host, 7400));
            exchange.disconnected(odd.key());
            exchange.disconnected(other.key());
        }
        FakeLink teller = connect(1, "10.0.0.1");
        FakeLink neighbour = connect(2, "127.0.0.1");
        List<PeerAddress> addresses = Stream.of("127.0.0.1", "10.0.0.5", "0.0.0.0", "node.example")
                .map(host -> new PeerAddress(host, 7400))
                .toList();

        assertThat(PeerExchange.heard(teller, addresses))
                .extracting(PeerAddress::host)
                .containsExactly("10.0.0.5", "node.example");
        assertThat(PeerExchange.heard(neighbour, addresses))
                .extracting(PeerAddress::host)
                .containsExactly("127.0.0.1", "10.0.0.5", "node.example");
    }

    @Test
    void shouldNotTellOfWhoIsGone() {
        FakeLink first = connect(1, "10.0.0.1");
        exchange.disconnected(first.key());

        assertThat(connect(2, "10.0.0.2").told).isEmpty();
    }

    private FakeLink connect(int number, String host) {
        FakeLink link = new FakeLink(number, host);
        exchange.connected(link);
        return link;
    }

    private static final class FakeLink implements PeerLink {

        private final List<PeerAddress> told = new ArrayList<>();
        private final PeerInfo info;

        FakeLink(int number, String host) {
            NodeKey key = new NodeKey(PublicKey.fromHex(String.format("%064x", number)));
            PeerAddress address = new PeerAddress(host, 7400);
            this.info = new PeerInfo(key, "", "", true, address, Optional.of(address), 0, BlockHash.ZERO, Work.ZERO);
        }

        @Override
        public PeerInfo info() {
            return info;
        }

        @Override
        public boolean send(Message message) {
            told.addAll(((Message.Peers) message).addresses());
            return true;
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
        public void disconnect(Rejection rejection) {}

        @Override
        public void penalise(int points, Rejection rejection) {}
    }
}
