package dev.rensa.node.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rensa.node.peer.Message.AnnounceTransactions;
import dev.rensa.node.peer.Message.GetHeaders;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.verdict.RejectionReason;
import dev.rensa.protocol.work.Work;
import io.vertx.core.Vertx;
import java.net.BindException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Real transports on loopback. */
class PeerTransportTest {

    private static final Vertx VERTX = Vertx.vertx();
    private static final Rejection SLIP = new Rejection(RejectionReason.INVALID_TRANSACTION, "a slip");

    private final List<PeerNode> nodes = new ArrayList<>();

    @AfterEach
    void closeNodes() {
        nodes.forEach(PeerNode::close);
    }

    @AfterAll
    static void closeVertx() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    private PeerNode node(int key) {
        return kept(PeerNode.start(VERTX, key));
    }

    private PeerNode kept(PeerNode node) {
        nodes.add(node);
        return node;
    }

    @Test
    void shouldConnectTwoNodesAndTellEachWhoTheOtherIs() throws InterruptedException {
        PeerNode a = node(1);
        PeerNode b = node(2);

        DialOutcome outcome = a.dial(b);

        assertThat(outcome).isEqualTo(new DialOutcome.Connected(b.key()));
        PeerInfo atA = a.nextConnected().info();
        PeerInfo atB = b.nextConnected().info();
        assertThat(atA.key()).isEqualTo(b.key());
        assertThat(atA.outbound()).isTrue();
        assertThat(atA.remoteAddress()).isEqualTo(b.address());
        assertThat(atB.key()).isEqualTo(a.key());
        assertThat(atB.outbound()).isFalse();
        assertThat(atB.name()).isEqualTo("node-1");
        assertThat(atB.agent()).isEqualTo("rensa-test/1");
        assertThat(atB.listenAddress()).isEqualTo(Optional.of(a.address()));
        assertThat(atB.height()).isEqualTo(7);
    }

    @Test
    void shouldDeliverWhatIsSentInOrderShortOrLong() throws InterruptedException {
        PeerNode a = node(1);
        PeerNode b = node(2);
        a.dial(b);
        PeerLink toB = a.nextConnected();
        b.nextConnected();
        List<Message> sent = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            sent.add(i % 3 == 0 ? longMessage(i) : new GetHeaders(Collections.nCopies(i % 64, hash(i))));
        }

        sent.forEach(message -> assertThat(toB.send(message)).isTrue());

        for (Message message : sent) {
            assertThat(b.nextMessage()).isEqualTo(message);
        }
    }

    @Test
    void shouldRefuseAnotherNetworkAndShowBothHashes() throws InterruptedException {
        BlockHash foreign = hash(9);
        PeerNode a = node(1);
        PeerNode b = kept(PeerNode.start(VERTX, 2, foreign, PeerNode.LIMITS, Set.of()));

        DialOutcome outcome = a.dial(b);

        Rejection rejection = ((DialOutcome.Refused) outcome).rejection();
        assertThat(rejection.reason()).isEqualTo(RejectionReason.WRONG_GENESIS);
        assertThat(rejection.detail()).contains(foreign.toHex(), PeerNode.NETWORK.toHex());
        assertThat(b.untold()).isZero();
    }

    @Test
    void shouldRecogniseItself() {
        PeerNode a = node(1);

        DialOutcome outcome = a.dial(a);

        assertThat(reason(outcome)).isEqualTo(RejectionReason.SELF_CONNECTION);
    }

    @Test
    void shouldSayWhyNobodyIsReached() throws Exception {
        PeerNode a = node(1);
        int closedPort;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closedPort = socket.getLocalPort();
        }

        DialOutcome outcome = a.transport
                .dial(new PeerAddress("127.0.0.1", closedPort))
                .toCompletableFuture()
                .join();

        assertThat(reason(outcome)).isEqualTo(RejectionReason.UNREACHABLE);
        assertThat(((DialOutcome.Refused) outcome).rejection().detail()).contains("127.0.0.1:" + closedPort);
    }

    @Test
    void shouldNotDialANodeThatIsConnectedAlready() throws InterruptedException {
        PeerNode a = node(1);
        PeerNode b = node(2);
        a.dial(b);
        a.nextConnected();
        b.nextConnected();

        DialOutcome again = a.dial(b);
        DialOutcome back = b.dial(a);

        assertThat(reason(again)).isEqualTo(RejectionReason.ALREADY_CONNECTED);
        assertThat(((DialOutcome.Refused) again).nodeKey()).contains(b.key());
        assertThat(reason(back)).isEqualTo(RejectionReason.ALREADY_CONNECTED);
        assertThat(a.untold() + b.untold()).isZero();
    }

    @Test
    void shouldKeepOneAndTheSameConnectionWhenBothDialAtOnce() {
        for (int round = 0; round < 25; round++) {
            PeerNode a = node(1);
            PeerNode b = node(2);

            var fromA = a.transport.dial(b.address()).toCompletableFuture();
            var fromB = b.transport.dial(a.address()).toCompletableFuture();
            CompletableFuture.allOf(fromA, fromB).join();

            PeerNode.await("one link that both agree on", () -> {
                List<PeerLink> atA = a.transport.links();
                List<PeerLink> atB = b.transport.links();
                return atA.size() == 1
                        && atB.size() == 1
                        && atA.getFirst().info().outbound()
                                != atB.getFirst().info().outbound()
                        && atA.getFirst().send(new GetHeaders(List.of()));
            });
            a.close();
            b.close();
        }
    }

    @Test
    void shouldPreferTheNewConnectionOfANodeThatLostItsOldOne() throws InterruptedException {
        PeerNode a = node(1);
        PeerNode b = node(2);
        PeerNode restarted = node(1);
        a.dial(b);
        PeerLink old = b.nextConnected();

        DialOutcome outcome = restarted.dial(b);

        assertThat(outcome).isEqualTo(new DialOutcome.Connected(b.key()));
        assertThat(b.nextDisconnected().reason()).isEqualTo(RejectionReason.ALREADY_CONNECTED);
        assertThat(b.nextConnected()).isNotSameAs(old);
        assertThat(b.transport.links()).hasSize(1);
    }

    /** The lower key's dial would win against one at the same moment; an old link loses against any. */
    @Test
    void shouldLetAnOldConnectionGiveWayToItsOwnersNewOne() throws InterruptedException {
        PeerLimits quick = PeerNode.LIMITS.withTimes(500, 15_000, 45_000);
        PeerNode lower = kept(PeerNode.start(VERTX, 1, PeerNode.NETWORK, quick, Set.of()));
        PeerNode higher = node(2);
        PeerNode restarted = node(2);
        assertThat(lower.key()).isLessThan(higher.key());
        lower.dial(higher);
        lower.nextConnected();

        PeerNode.await(
                "the link to be older than any handshake",
                () -> restarted.dial(lower) instanceof DialOutcome.Connected);

        assertThat(lower.nextDisconnected().reason()).isEqualTo(RejectionReason.ALREADY_CONNECTED);
        assertThat(lower.nextConnected().info().outbound()).isFalse();
    }

    @Test
    void shouldSayGoodbyeWhenItStops() throws InterruptedException {
        PeerNode a = node(1);
        PeerNode b = node(2);
        a.dial(b);
        b.nextConnected();

        a.close();

        assertThat(b.nextDisconnected().reason()).isEqualTo(RejectionReason.SHUTTING_DOWN);
        assertThat(reason(b.dial(a))).isEqualTo(RejectionReason.UNREACHABLE);
    }

    @Test
    void shouldRefuseMoreThanItsLimitOfPeersButKeepRoomForThoseWhoDial() {
        PeerLimits limits = PeerNode.LIMITS.withPeers(2, 1, 8);
        PeerNode small = kept(PeerNode.start(VERTX, 1, PeerNode.NETWORK, limits, Set.of()));

        assertThat(small.dial(node(2))).isInstanceOf(DialOutcome.Connected.class);
        assertThat(reason(small.dial(node(3)))).isEqualTo(RejectionReason.TOO_MANY_PEERS);
        assertThat(node(4).dial(small)).isInstanceOf(DialOutcome.Connected.class);
        assertThat(reason(node(5).dial(small))).isEqualTo(RejectionReason.TOO_MANY_PEERS);
    }

    @Test
    void shouldKeepAPlaceForWhomItDialsHoweverFewThereAre() {
        PeerLimits limits = PeerNode.LIMITS.withPeers(2, 1, 8);
        PeerNode small = kept(PeerNode.start(VERTX, 1, PeerNode.NETWORK, limits, Set.of()));

        assertThat(node(2).dial(small)).isInstanceOf(DialOutcome.Connected.class);
        assertThat(reason(node(3).dial(small))).isEqualTo(RejectionReason.TOO_MANY_PEERS);
        assertThat(small.dial(node(4))).isInstanceOf(DialOutcome.Connected.class);
        assertThat(limits.withPeers(1, 1, 8).maxInbound()).isEqualTo(1);
    }

    @Test
    void shouldAdmitOnlyAllowedKeysWhereAListIsSet() {
        PeerNode guarded = kept(PeerNode.start(
                VERTX,
                1,
                PeerNode.NETWORK,
                PeerNode.LIMITS,
                Set.of(PeerNode.identity(2).nodeKey())));

        assertThat(node(2).dial(guarded)).isInstanceOf(DialOutcome.Connected.class);
        assertThat(reason(node(3).dial(guarded))).isEqualTo(RejectionReason.NODE_KEY_NOT_ALLOWED);
    }

    @Test
    void shouldLinkToNobodyWhomItsRuleLeavesOutWhoeverDials() {
        PeerNode a = node(1);
        PeerNode b = node(2);
        a.ruledOut.add(b.key());

        assertThat(reason(a.dial(b))).isEqualTo(RejectionReason.CUT_BY_LAB);
        assertThat(reason(b.dial(a))).isEqualTo(RejectionReason.CUT_BY_LAB);

        a.ruledOut.clear();
        assertThat(b.dial(a)).isInstanceOf(DialOutcome.Connected.class);
    }

    @Test
    void shouldBanAPeerThatKeepsMisbehaving() throws InterruptedException {
        PeerNode a = node(1);
        PeerNode b = node(2);
        a.dial(b);
        PeerLink toA = b.nextConnected();

        toA.penalise(60, SLIP);
        assertThat(b.transport.peers().getFirst().score()).isEqualTo(60);
        toA.penalise(60, SLIP);

        assertThat(b.nextDisconnected()).isEqualTo(SLIP);
        a.nextConnected();
        assertThat(a.nextDisconnected().reason()).isEqualTo(SLIP.reason());
        assertThat(reason(a.dial(b))).isEqualTo(RejectionReason.BANNED);
        assertThat(reason(b.dial(a))).isEqualTo(RejectionReason.BANNED);
    }

    @Test
    void shouldNotForgetMisbehaviourWhenAPeerComesBack() throws InterruptedException {
        PeerNode a = node(1);
        PeerNode b = node(2);
        a.dial(b);
        b.nextConnected().penalise(60, SLIP);
        a.nextConnected().disconnect(SLIP);
        b.nextDisconnected();
        a.nextDisconnected();

        PeerNode.await("another connection", () -> a.dial(b) instanceof DialOutcome.Connected);
        b.nextConnected().penalise(60, SLIP);

        assertThat(b.nextDisconnected()).isEqualTo(SLIP);
        a.nextConnected();
        a.nextDisconnected();
        assertThat(reason(a.dial(b))).isEqualTo(RejectionReason.BANNED);
    }

    /** Who only wants to know who listens proves nothing of itself, and nobody hears of it. */
    @Test
    void shouldFeelForANodeWithoutBecomingItsPeer() {
        PeerNode a = node(1);
        PeerNode b = node(2);

        DialOutcome outcome =
                a.transport.feel(b.address()).toCompletableFuture().join();

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        DialOutcome.Refused.class,
                        refused -> assertThat(refused.nodeKey()).contains(b.key()));
        assertThat(reason(outcome)).isEqualTo(RejectionReason.TOO_MANY_PEERS);
        assertThat(a.untold() + b.untold()).isZero();
    }

    @Test
    void shouldSpeakIpv6FromEndToEnd() throws Exception {
        assumeTrue(
                NetworkInterface.getByInetAddress(InetAddress.ofLiteral("::1")) != null,
                "this machine has no IPv6 loopback address");
        PeerNode a = kept(PeerNode.startAt(VERTX, 1, "::1", 0));
        PeerNode b = kept(PeerNode.startAt(VERTX, 2, "::1", 0));
        PeerAddress address = PeerAddress.parse("[::1]:" + b.transport.listenPort());

        DialOutcome outcome = a.transport.dial(address).toCompletableFuture().join();

        assertThat(outcome).isEqualTo(new DialOutcome.Connected(b.key()));
        PeerAddress listens = b.nextConnected().info().listenAddress().orElseThrow();
        assertThat(InetAddress.ofLiteral(listens.host())).isEqualTo(InetAddress.ofLiteral("::1"));
        assertThat(listens.port()).isEqualTo(a.transport.listenPort());
    }

    @Test
    void shouldHoldBackAFloodInsteadOfHoardingIt() throws InterruptedException {
        PeerNode a = node(1);
        PeerNode b = node(2);
        a.dial(b);
        PeerLink toB = a.nextConnected();
        b.nextConnected();
        CountDownLatch writerIsFree = new CountDownLatch(1);
        b.writer.execute(() -> await(writerIsFree));

        int accepted = 0;
        while (toB.send(longMessage(accepted))) {
            accepted++;
        }

        assertThat(a.transport.peers().getFirst().queuedBytes()).isLessThanOrEqualTo(PeerNode.LIMITS.writeQueueBytes());
        assertThat(b.untold()).isZero();
        writerIsFree.countDown();
        for (int i = 0; i < accepted; i++) {
            assertThat(b.nextMessage()).isEqualTo(longMessage(i));
        }
    }

    @Test
    void shouldMeasureLatencyAndCountBytes() throws InterruptedException {
        PeerNode a = node(1);
        PeerNode b = node(2);
        a.dial(b);
        a.nextConnected();

        PeerNode.await(
                "a pong", () -> a.transport.peers().getFirst().latencyMillis().isPresent());

        PeerStatus status = a.transport.peers().getFirst();
        assertThat(status.latencyMillis().getAsDouble()).isBetween(0.0, 10_000.0);
        assertThat(status.bytesIn()).isPositive();
        assertThat(status.bytesOut()).isPositive();
    }

    @Test
    void shouldSayThatItsPortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            PeerTransportConfig config = new PeerTransportConfig(
                    PeerNode.NETWORK,
                    "127.0.0.1",
                    taken.getLocalPort(),
                    Optional.empty(),
                    "n",
                    "a",
                    Set.of(),
                    1 << 20,
                    Optional.empty(),
                    PeerNode.LIMITS);
            try (PeerTransport transport = new PeerTransport(
                    VERTX,
                    config,
                    PeerNode.identity(1),
                    () -> new LocalTip(0, PeerNode.NETWORK, Work.ZERO),
                    InstantSource.system(),
                    kept(PeerNode.start(VERTX, 3)),
                    Runnable::run)) {
                var started = transport.start().toCompletableFuture();

                assertThat(catchThrowable(started::join))
                        .isInstanceOf(CompletionException.class)
                        .hasCauseInstanceOf(BindException.class);
            }
        }
    }

    private static RejectionReason reason(DialOutcome outcome) {
        return ((DialOutcome.Refused) outcome).rejection().reason();
    }

    private static AnnounceTransactions longMessage(int i) {
        long[] ids = new long[5_000];
        Arrays.fill(ids, i);
        return new AnnounceTransactions(ShortIds.of(ids));
    }

    private static BlockHash hash(int i) {
        byte[] bytes = new byte[32];
        bytes[31] = (byte) i;
        return BlockHash.of(bytes);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
