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
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PeerExchangeTest {

    private final List<Runnable> timers = new ArrayList<>();
    private final Map<NodeKey, PeerAddress> proved = new HashMap<>();
    private long nowMillis = 1_000_000;
    private final PeerExchange exchange = new PeerExchange(
            new Random(1),
            (_, task) -> {
                timers.add(task);
                return () -> {};
            },
            () -> Instant.ofEpochMilli(nowMillis),
            (address, key) -> address.equals(proved.get(key)));

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

        assertThat(exchange.heard(teller, addresses))
                .extracting(PeerAddress::host)
                .containsExactly("10.0.0.5", "node.example");
        assertThat(exchange.heard(neighbour, addresses))
                .extracting(PeerAddress::host)
                .containsExactly("127.0.0.1", "10.0.0.5", "node.example");
    }

    /** Whoever dials may say that it listens anywhere; what it does prove is where it comes from. */
    @Test
    void shouldNotPassOnAHostThatADialerMerelyClaims() {
        FakeLink first = connect(1, "10.0.0.1");
        FakeLink claims = new FakeLink(2, "10.0.0.2", false, "victim.example");
        FakeLink honest = new FakeLink(3, "10.0.0.3", false, "10.0.0.3");

        exchange.connected(claims);
        exchange.connected(honest);

        assertThat(first.told).containsExactly(new PeerAddress("10.0.0.3", 7400));
        assertThat(connect(4, "10.0.0.4").told)
                .containsExactlyInAnyOrder(new PeerAddress("10.0.0.1", 7400), new PeerAddress("10.0.0.3", 7400));
    }

    @Test
    void shouldPassOnAnAdvertisedHostOnceTheNodeWasMetThere() {
        PeerAddress advertised = new PeerAddress("node.example", 7400);
        FakeLink behindRouter = new FakeLink(2, "10.0.0.2", false, "node.example");
        exchange.connected(behindRouter);
        assertThat(exchange.claimed(behindRouter)).as("is to be dialled").contains(advertised);
        assertThat(connect(3, "10.0.0.3").told).isEmpty();

        proved.put(connect(4, "10.0.0.4").key(), advertised);
        assertThat(connect(5, "10.0.0.5").told).as("another node is there").doesNotContain(advertised);
        proved.put(behindRouter.key(), advertised);

        assertThat(connect(6, "10.0.0.6").told).contains(advertised);
    }

    @Test
    void shouldTellWhereItDialledANodeUntilItWasMetWhereItWantsToBeKnown() {
        FakeLink dialled = new FakeLink(2, "10.0.0.2", true, "node.example");
        exchange.connected(dialled);
        assertThat(connect(3, "10.0.0.3").told).containsExactly(new PeerAddress("10.0.0.2", 7400));

        proved.put(dialled.key(), new PeerAddress("node.example", 7400));

        assertThat(connect(4, "10.0.0.4").told).contains(new PeerAddress("node.example", 7400));
    }

    @Test
    void shouldHearNoMoreOfOneThanItCanHaveToTell() {
        FakeLink teller = connect(1, "10.0.0.1");
        List<PeerAddress> many = IntStream.rangeClosed(1, PeerExchange.HEARD_AT_ONCE)
                .mapToObj(port -> new PeerAddress("10.0.0.5", port))
                .toList();

        assertThat(exchange.heard(teller, many)).hasSize(PeerExchange.HEARD_AT_ONCE);
        assertThat(exchange.heard(teller, many)).isEmpty();
        for (int i = 0; i < 4; i++) {
            nowMillis += PeerExchange.HEARD_MILLIS / 2;
            assertThat(exchange.heard(teller, many)).hasSize(i % 2);
        }
        nowMillis += 3 * PeerExchange.HEARD_MILLIS;
        assertThat(exchange.heard(teller, many)).hasSize(3);
        assertThat(exchange.heard(connect(2, "10.0.0.2"), many)).hasSize(PeerExchange.HEARD_AT_ONCE);
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
            this(number, host, true, host);
        }

        FakeLink(int number, String host, boolean outbound, String claimedHost) {
            NodeKey key = new NodeKey(PublicKey.fromHex(String.format("%064x", number)));
            PeerAddress remote = new PeerAddress(host, 7400);
            Optional<PeerAddress> claimed = Optional.of(new PeerAddress(claimedHost, 7400));
            this.info = new PeerInfo(key, "", "", outbound, remote, claimed, 0, BlockHash.ZERO, Work.ZERO);
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
