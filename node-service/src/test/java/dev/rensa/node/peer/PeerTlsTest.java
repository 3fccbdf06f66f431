package dev.rensa.node.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rensa.node.peer.Message.GetHeaders;
import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.verdict.RejectionReason;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real transports on loopback that speak TLS, or should. */
class PeerTlsTest {

    private static final Vertx VERTX = Vertx.vertx();

    /** The first TLS of a process takes seconds on a busy machine. */
    private static final PeerLimits PATIENT = PeerNode.LIMITS.withTimes(10_000, 15_000, 45_000);

    @TempDir
    static Path directory;

    private static TestCertificates.Pair first;
    private static TestCertificates.Pair second;
    private static TestCertificates.Pair stranger;

    private final List<PeerNode> nodes = new ArrayList<>();

    @BeforeAll
    static void makeCertificates() throws IOException, GeneralSecurityException, InterruptedException {
        first = TestCertificates.make(directory, "first");
        second = TestCertificates.make(directory, "second");
        stranger = TestCertificates.make(directory, "stranger");
    }

    @AfterEach
    void closeNodes() {
        nodes.forEach(PeerNode::close);
    }

    @AfterAll
    static void closeVertx() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void shouldConnectNodesWhoseCertificatesAreTrusted() throws Exception {
        PeerNode a = node(1, first.trusting(true, first, second));
        PeerNode b = node(2, second.trusting(true, first, second));

        assertThat(a.dial(b)).isEqualTo(new DialOutcome.Connected(b.key()));

        a.nextConnected().send(new GetHeaders(List.of()));
        b.nextConnected();
        assertThat(b.nextMessage()).isEqualTo(new GetHeaders(List.of()));
    }

    /** A connection's state belongs to one event loop, with TLS too: many long messages make reading pause and go on. */
    @Test
    void shouldKeepLongMessagesOfManyConnectionsWhole() throws Exception {
        int dialers = 5;
        int rounds = 60;
        PeerLimits small = PATIENT.withBudgets(2, 64 << 10, 41L << 20, 64L << 20, 1_000_000);
        PeerNode listener = node(1, first.trusting(true, first), small);
        List<PeerLink> links = new ArrayList<>();
        for (int key = 2; key < 2 + dialers; key++) {
            PeerNode dialer = node(key, first.trusting(true, first), small);
            assertThat(dialer.dial(listener)).isEqualTo(new DialOutcome.Connected(listener.key()));
            links.add(dialer.nextConnected());
            listener.nextConnected();
        }
        ShortIds ids = ShortIds.of(new long[5_000]);

        for (int round = 0; round < rounds; round++) {
            for (PeerLink link : links) {
                assertThat(link.send(new Message.AnnounceTransactions(ids))).isTrue();
            }
        }

        for (int i = 0; i < rounds * dialers; i++) {
            assertThat(listener.nextMessage()).isInstanceOf(Message.AnnounceTransactions.class);
        }
        assertThat(listener.transport.peers()).hasSize(dialers).allMatch(peer -> peer.score() == 0);
    }

    /** Timers and answers of a connection run where its bytes come in. */
    @Test
    void shouldBindTlsToTheLoopOfItsConnection() throws Exception {
        Set<Boolean> same = ConcurrentHashMap.newKeySet();
        CountDownLatch ended = new CountDownLatch(10);
        TlsSessions serving = new TlsSessions(first.trusting(false, first), 10_000);
        TlsSessions dialing = new TlsSessions(first.trusting(false, first), 10_000);
        NetServer server = VERTX.createNetServer(
                        new NetServerOptions().setHost("127.0.0.1").setPort(0))
                .connectHandler(socket -> {
                    Context own = VERTX.getOrCreateContext();
                    serving.begin(socket, false, () -> {}).onComplete(_ -> {
                        same.add(own.equals(Vertx.currentContext()));
                        ended.countDown();
                    });
                })
                .listen()
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        NetClient client = VERTX.createNetClient();

        for (int i = 0; i < 5; i++) {
            client.connect(server.actualPort(), "127.0.0.1").onSuccess(socket -> {
                Context own = VERTX.getOrCreateContext();
                dialing.begin(socket, true, () -> {}).onComplete(_ -> {
                    same.add(own.equals(Vertx.currentContext()));
                    ended.countDown();
                });
            });
        }

        assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(same).containsExactly(true);
        client.close();
        server.close();
    }

    @Test
    void shouldSayThatAnAuthorityIsUnknown() throws Exception {
        PeerNode a = node(1, first.trusting(true, first));
        PeerNode b = node(2, second.trusting(true, first, second));

        Rejection atDialer = refusal(a.dial(b));

        assertThat(atDialer.reason()).isEqualTo(RejectionReason.TLS_FAILED);
        assertThat(atDialer.detail()).contains("rensa.peer.tls.trust");
        assertThat(a.untold() + b.untold()).isZero();
    }

    @Test
    void shouldSayThatTheOtherSideDoesNotTrustThisNode() throws Exception {
        PeerNode a = node(1, first.trusting(true, first, second));
        PeerNode b = node(2, second.trusting(true, second));

        Rejection atDialer = refusal(a.dial(b));

        assertThat(atDialer.reason()).isEqualTo(RejectionReason.TLS_FAILED);
        assertThat(atDialer.detail()).contains("rensa.peer.tls.certificate");
        assertThat(a.untold() + b.untold()).isZero();
    }

    @Test
    void shouldAskForNoCertificateWhereItNeedNotBeMutual() throws Exception {
        PeerNode a = node(1, stranger.trusting(true, second));
        PeerNode b = node(2, second.trusting(false, second));

        assertThat(a.dial(b)).isEqualTo(new DialOutcome.Connected(b.key()));
    }

    @Test
    void shouldSayThatOneSideAloneSpeaksTls() throws Exception {
        PeerNode plain = PeerNode.start(VERTX, 1);
        nodes.add(plain);
        PeerNode secure = node(2, second.trusting(true, second));

        Rejection fromPlain = refusal(plain.dial(secure));
        Rejection fromSecure = refusal(secure.dial(plain));

        assertThat(fromPlain.reason()).isEqualTo(RejectionReason.TLS_FAILED);
        assertThat(fromPlain.detail()).contains("the peer speaks TLS");
        assertThat(fromSecure.reason()).isEqualTo(RejectionReason.TLS_FAILED);
        assertThat(fromSecure.detail()).contains("the peer speaks without TLS");
        assertThat(plain.untold() + secure.untold()).isZero();
    }

    /** It holds a certificate that everybody trusts and passes every byte on, but its two sessions are not one. */
    @Test
    void shouldRefuseProofsThatAMiddlemanPassesOn() throws Exception {
        PeerNode a = node(1, first.trusting(true, first, second, stranger));
        PeerNode b = node(2, second.trusting(true, first, second, stranger));
        PeerTls own = stranger.trusting(true, first, second, stranger);
        NetServer middle = middleman(own, b.address());

        Rejection refusal = refusal(a.transport
                .dial(new PeerAddress("127.0.0.1", middle.actualPort()))
                .toCompletableFuture()
                .join());

        assertThat(refusal.reason()).isEqualTo(RejectionReason.INVALID_NODE_KEY_PROOF);
        assertThat(refusal.detail()).contains("this very TLS connection");
        assertThat(a.untold() + b.untold()).isZero();
        middle.close().toCompletionStage().toCompletableFuture().join();
    }

    /** Half-open TLS counts as a handshake: it has the same time, and the same number of places. */
    @Test
    void shouldNotWaitForTlsThatNeverBegins() throws Exception {
        PeerLimits impatient = PeerNode.LIMITS.withTimes(300, 100, 400);
        PeerNode node = kept(PeerNode.start(
                VERTX, 1, PeerNode.NETWORK, impatient, Set.of(), Optional.of(first.trusting(true, first))));
        List<Socket> silent = new ArrayList<>();
        for (int i = 0; i < LinkTable.MAX_HANDSHAKES_PER_ADDRESS; i++) {
            silent.add(new Socket(InetAddress.getLoopbackAddress(), node.transport.listenPort()));
        }

        for (Socket socket : silent) {
            socket.setSoTimeout(20_000);
            try (InputStream in = socket.getInputStream()) {
                in.readAllBytes();
            }
        }

        PeerNode honest = node(2, first.trusting(true, first));
        PeerNode.await("a place for an honest node", () -> honest.dial(node) instanceof DialOutcome.Connected);
    }

    @Test
    void shouldNameTheFileThatItCannotUse() throws Exception {
        Path noKey = Files.writeString(directory.resolve("no.key"), "nothing");

        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new TlsSessions(new PeerTls(first.certificate(), noKey, first.certificate(), true), 1))
                .withMessageContaining(noKey.toString());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TlsSessions(
                        new PeerTls(first.certificate(), first.key(), directory.resolve("missing.pem"), true), 1))
                .withMessageContaining("missing.pem");
    }

    private static NetServer middleman(PeerTls tls, PeerAddress victim) {
        PemKeyCertOptions key = new PemKeyCertOptions()
                .setCertPath(tls.certificate().toString())
                .setKeyPath(tls.key().toString());
        PemTrustOptions trust = new PemTrustOptions().addCertPath(tls.trust().toString());
        NetServerOptions serving = new NetServerOptions().setHost("127.0.0.1").setPort(0);
        serving.setSsl(true).setKeyCertOptions(key).setTrustOptions(trust).setClientAuth(ClientAuth.REQUIRED);
        NetClientOptions dialing = new NetClientOptions();
        dialing.setHostnameVerificationAlgorithm("")
                .setSsl(true)
                .setKeyCertOptions(key)
                .setTrustOptions(trust);
        return VERTX.createNetServer(serving)
                .connectHandler(towardsA -> {
                    towardsA.pause();
                    VERTX.createNetClient(dialing)
                            .connect(victim.port(), victim.host())
                            .onSuccess(towardsB -> {
                                towardsB.handler(towardsA::write);
                                towardsA.handler(towardsB::write);
                                towardsA.closeHandler(_ -> towardsB.close());
                                towardsB.closeHandler(_ -> towardsA.close());
                                towardsA.resume();
                            });
                })
                .listen()
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private PeerNode node(int key, PeerTls tls) {
        return node(key, tls, PATIENT);
    }

    private PeerNode node(int key, PeerTls tls, PeerLimits limits) {
        return kept(PeerNode.start(VERTX, key, PeerNode.NETWORK, limits, Set.of(), Optional.of(tls)));
    }

    private PeerNode kept(PeerNode node) {
        nodes.add(node);
        return node;
    }

    private static Rejection refusal(DialOutcome outcome) {
        return ((DialOutcome.Refused) outcome).rejection();
    }
}
