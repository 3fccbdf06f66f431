package dev.rensa.node.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rensa.node.peer.Message.GetHeaders;
import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.verdict.RejectionReason;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
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
        return kept(PeerNode.start(VERTX, key, PeerNode.NETWORK, PATIENT, Set.of(), Optional.of(tls)));
    }

    private PeerNode kept(PeerNode node) {
        nodes.add(node);
        return node;
    }

    private static Rejection refusal(DialOutcome outcome) {
        return ((DialOutcome.Refused) outcome).rejection();
    }
}
