package dev.rensa.node.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.protocol.codec.ByteWriter;
import dev.rensa.protocol.crypto.Hash;
import dev.rensa.protocol.verdict.RejectionReason;
import dev.rensa.protocol.work.Work;
import io.vertx.core.Vertx;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A node against sockets that do as they please. */
class HostilePeerTest {

    private static final Vertx VERTX = Vertx.vertx();
    private static final int READ_MILLIS = 20_000;
    private static final PeerLimits IMPATIENT = PeerNode.LIMITS.withTimes(300, 100, 400);

    private PeerNode node;

    @BeforeEach
    void startNode() {
        node = PeerNode.start(VERTX, 1, PeerNode.NETWORK, IMPATIENT, Set.of());
    }

    @AfterEach
    void nodeShouldStillWork() {
        PeerNode honest = PeerNode.start(VERTX, 99);
        // Handshakes that were broken off count as begun until their end is noticed.
        PeerNode.await("a place for an honest node", () -> honest.dial(node) instanceof DialOutcome.Connected);
        honest.close();
        node.close();
    }

    @AfterAll
    static void closeVertx() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void shouldRefuseAnotherProtocol() throws IOException {
        try (Wire wire = new Wire()) {
            wire.write("GET / HTTP/1.1\r\nHost: node\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

            assertThat(wire.goodbye()).isEqualTo(RejectionReason.SIZE_LIMIT);
        }
        assertThat(node.untold()).isZero();
    }

    @Test
    void shouldRefuseNoiseWithoutHarm() throws IOException {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("seed=" + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            try (Wire wire = new Wire()) {
                byte[] noise = new byte[1 + random.nextInt(2_000)];
                random.nextBytes(noise);
                // Half of it looks like a frame of the handshake.
                if (random.nextBoolean() && noise.length > 5) {
                    int length = random.nextInt(500);
                    noise[0] = 0;
                    noise[1] = 0;
                    noise[2] = (byte) (length >>> 8);
                    noise[3] = (byte) length;
                    noise[4] = (byte) random.nextInt(4);
                }
                wire.write(noise);
            }
        }

        assertThat(node.untold()).isZero();
    }

    @Test
    void shouldNotMindThatSomebodyKnocksAndLeaves() throws IOException {
        for (int i = 0; i < 3 * BanList.BAD_HANDSHAKES_UNTIL_SLOWED; i++) {
            new Wire().close();
        }

        assertThat(node.untold()).isZero();
    }

    @Test
    void shouldNotWaitForASlowHandshake() throws IOException {
        try (Wire wire = new Wire()) {
            wire.write(new byte[] {0, 0});

            assertThat(wire.goodbye()).isEqualTo(RejectionReason.TIMED_OUT);
            wire.expectEnd();
        }
    }

    @Test
    void shouldRefuseAKeyThatIsNotProved() throws IOException {
        Handshake handshake = handshake(2);
        try (Wire wire = new Wire()) {
            wire.send(handshake.greeting());
            handshake.receive(wire.payload());
            byte[] proof = handshake.receive(wire.payload()).replies().getFirst();
            proof[10] ^= 1;

            wire.send(proof);

            assertThat(wire.goodbye()).isEqualTo(RejectionReason.INVALID_NODE_KEY_PROOF);
        }
        assertThat(node.untold()).isZero();
    }

    /** The node's own proof, sent back, proves nothing: the roles differ. */
    @Test
    void shouldRefuseItsOwnProofReflected() throws IOException {
        Handshake handshake = handshake(2);
        try (Wire wire = new Wire()) {
            wire.send(handshake.greeting());
            handshake.receive(wire.payload());
            byte[] theirProof = wire.payload();

            wire.send(theirProof);

            assertThat(wire.goodbye()).isEqualTo(RejectionReason.INVALID_NODE_KEY_PROOF);
        }
    }

    /** A proof that was overheard is worth nothing on a connection with another challenge. */
    @Test
    void shouldRefuseAProofReplayed() throws IOException {
        Handshake first = handshake(2);
        byte[] overheard;
        try (Wire wire = new Wire()) {
            wire.send(first.greeting());
            first.receive(wire.payload());
            overheard = first.receive(wire.payload()).replies().getFirst();
        }
        try (Wire wire = new Wire()) {
            wire.send(first.greeting());
            wire.payload();
            wire.payload();

            wire.send(overheard);

            assertThat(wire.goodbye()).isEqualTo(RejectionReason.INVALID_NODE_KEY_PROOF);
        }
    }

    @Test
    void shouldRefuseANodeThatClaimsItsOwnKey() throws IOException {
        try (Wire wire = new Wire()) {
            wire.send(handshake(1).greeting());
            wire.payload();

            assertThat(wire.goodbye()).isEqualTo(RejectionReason.SELF_CONNECTION);
        }
    }

    @Test
    void shouldBanAPeerThatSendsBytesWithoutMeaning() throws Exception {
        try (Wire wire = new Wire()) {
            wire.shakeHands(2);
            node.nextConnected();

            wire.send(new byte[] {(byte) FrameType.ANNOUNCE_TIP.number(), 0, 0, 0, 7});

            assertThat(wire.goodbye()).isEqualTo(RejectionReason.UNKNOWN_VERSION);
            assertThat(node.nextDisconnected().reason()).isEqualTo(RejectionReason.UNKNOWN_VERSION);
        }
        try (Wire wire = new Wire()) {
            wire.shakeHands(3);
            node.nextConnected();

            wire.send(new byte[] {(byte) FrameType.GET_BODIES.number(), 0, 0, 0, 9});

            assertThat(wire.goodbye()).isEqualTo(RejectionReason.MALFORMED);
            assertThat(node.nextDisconnected().reason()).isEqualTo(RejectionReason.MALFORMED);
        }
        try (Wire wire = new Wire()) {
            assertThat(wire.handshakeEndsWith(3)).isEqualTo(RejectionReason.BANNED);
        }
    }

    @Test
    void shouldRefuseAnOversizedFrameBeforeItArrives() throws Exception {
        try (Wire wire = new Wire()) {
            wire.shakeHands(2);
            node.nextConnected();

            wire.write(new byte[] {0x7f, 0, 0, 0});

            assertThat(wire.goodbye()).isEqualTo(RejectionReason.SIZE_LIMIT);
            assertThat(node.nextDisconnected().reason()).isEqualTo(RejectionReason.SIZE_LIMIT);
        }
    }

    @Test
    void shouldGiveUpAPeerThatIsSilent() throws Exception {
        try (Wire wire = new Wire()) {
            wire.shakeHands(2);
            node.nextConnected();

            assertThat(wire.goodbye()).isEqualTo(RejectionReason.TIMED_OUT);
            assertThat(node.nextDisconnected().reason()).isEqualTo(RejectionReason.TIMED_OUT);
        }
    }

    @Test
    void shouldNotAnswerAFloodOfPingsWithAFloodOfPongs() throws Exception {
        try (Wire wire = new Wire()) {
            wire.shakeHands(2);
            node.nextConnected();

            for (int i = 0; i < 10_000; i++) {
                wire.send(MessageCodec.encode(new Message.Ping(i)));
            }
            wire.send(MessageCodec.encode(new Message.GetHeaders(List.of())));

            assertThat(node.nextMessage()).isEqualTo(new Message.GetHeaders(List.of()));
            assertThat(node.transport.peers().getFirst().bytesOut()).isLessThan(10_000);
        }
        assertThat(node.nextDisconnected().reason()).isEqualTo(RejectionReason.UNREACHABLE);
    }

    /** Answers are long: what nobody asked for is refused at its head, before memory is taken for it. */
    @ParameterizedTest
    @EnumSource(
            value = FrameType.class,
            names = {"HEADERS", "BODIES", "TRANSACTIONS"})
    void shouldRefuseAnAnswerThatNobodyAskedForAtItsHead(FrameType answer) throws Exception {
        try (Wire wire = new Wire()) {
            wire.shakeHands(2);
            node.nextConnected();

            wire.write(new byte[] {0, 0, 0x40, 0, (byte) answer.number()});

            assertThat(wire.goodbye()).isEqualTo(RejectionReason.UNEXPECTED_MESSAGE);
            assertThat(node.nextDisconnected().reason()).isEqualTo(RejectionReason.UNEXPECTED_MESSAGE);
        }
    }

    @Test
    void shouldTakeOneAnswerForOneQuestion() throws Exception {
        try (Wire wire = new Wire()) {
            wire.shakeHands(2);
            PeerLink link = node.nextConnected();
            link.send(new Message.GetHeaders(List.of()));
            link.send(new Message.GetTransactions(ShortIds.of(7)));

            wire.send(MessageCodec.encode(new Message.Transactions(List.of())));
            wire.send(MessageCodec.encode(new Message.Headers(List.of())));
            assertThat(node.nextMessage()).isEqualTo(new Message.Transactions(List.of()));
            assertThat(node.nextMessage()).isEqualTo(new Message.Headers(List.of()));
            wire.send(MessageCodec.encode(new Message.Headers(List.of())));

            assertThat(node.nextDisconnected().reason()).isEqualTo(RejectionReason.UNEXPECTED_MESSAGE);
        }
    }

    @Test
    void shouldRefuseBodiesLongerThanTheNetworksBlocks() throws Exception {
        try (Wire wire = new Wire()) {
            wire.shakeHands(2);
            node.nextConnected().send(new Message.GetBodies(List.of()));

            wire.write(head(FrameType.BODIES, MessageLimits.BODIES_FILL_BYTES + 2 * PeerNode.MAX_BLOCK_BYTES));

            assertThat(wire.goodbye()).isEqualTo(RejectionReason.SIZE_LIMIT);
        }
    }

    /** Four long frames that never end fill the budget; the fifth waits unread, and is read when one of them is gone. */
    @Test
    void shouldHoldAllPeersTogetherToOneBudget() throws Exception {
        PeerLimits patient = PeerNode.LIMITS.withBudgets(16, 1 << 20, (40L << 20) + 1_024, 64L << 20, 1_000_000);
        node.close();
        node = PeerNode.start(VERTX, 1, PeerNode.NETWORK, patient, Set.of());
        int long9 = 9 << 20;
        List<Wire> wires = new ArrayList<>();
        for (int key = 2; key < 6; key++) {
            wires.add(askedForBodies(key));
            wires.getLast().write(head(FrameType.BODIES, long9));
        }
        PeerNode.await("four shares", () -> node.transport.receivingBytes() == 4L * long9);
        Wire fifth = askedForBodies(6);
        byte[] bodies =
                MessageCodec.encode(new Message.Bodies(List.of(new EncodedBody(PeerNode.NETWORK, new byte[5 << 20]))));
        fifth.write(head(FrameType.BODIES, bodies.length));
        PeerNode.await("a pause", () -> node.transport.waitingForRoom() == 1);
        assertThat(node.transport.receivingBytes()).isEqualTo(4L * long9);

        wires.removeFirst().close();
        fifth.write(Arrays.copyOfRange(bodies, 1, bodies.length));

        assertThat(node.nextDisconnected().reason()).isEqualTo(RejectionReason.UNREACHABLE);
        assertThat(((Message.Bodies) node.nextMessage()).bodies()).hasSize(1);
        for (Wire wire : wires) {
            wire.close();
        }
        fifth.close();
        PeerNode.await("everything given back", () -> node.transport.receivingBytes() == 0);
    }

    @Test
    void shouldGiveUpALongMessageThatTrickles() throws Exception {
        node.close();
        node = PeerNode.start(VERTX, 1, PeerNode.NETWORK, PeerNode.LIMITS.withTimes(1_000, 60, 1_000), Set.of());
        try (Wire wire = new Wire()) {
            wire.shakeHands(2);
            node.nextConnected();
            wire.write(head(FrameType.ANNOUNCE_TRANSACTIONS, 39_000));

            // A byte a ping is enough not to be silent, and far too slow.
            Message said = MessageCodec.decode(wire.payload());
            while (said instanceof Message.Ping) {
                wire.write(new byte[1]);
                said = MessageCodec.decode(wire.payload());
            }

            assertThat(said).isEqualTo(new Message.Goodbye(RejectionReason.TIMED_OUT));
            assertThat(node.nextDisconnected().detail()).contains("too slowly");
        }
    }

    @Test
    void shouldAnswerQuestionsAtABoundedRateAndBlameNobody() throws Exception {
        int questions = 200;
        node.close();
        node = PeerNode.start(
                VERTX,
                1,
                PeerNode.NETWORK,
                PeerNode.LIMITS.withBudgets(16, 1 << 20, 64L << 20, 64L << 20, 2_000),
                Set.of());
        try (Wire wire = new Wire()) {
            wire.shakeHands(2);
            node.nextConnected();
            long start = System.nanoTime();

            for (int i = 0; i < questions; i++) {
                wire.send(MessageCodec.encode(new Message.GetHeaders(List.of())));
            }

            for (int i = 0; i < questions; i++) {
                assertThat(node.nextMessage()).isEqualTo(new Message.GetHeaders(List.of()));
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            int units = questions * WorkCost.of(FrameType.GET_HEADERS, 0);
            assertThat(seconds).isGreaterThan(units / 2_000.0 - 1 - 0.1);
            assertThat(node.transport.peers().getFirst().score()).isZero();
        }
    }

    private Wire askedForBodies(int key) throws Exception {
        Wire wire = new Wire();
        wire.shakeHands(key);
        node.nextConnected().send(new Message.GetBodies(List.of()));
        return wire;
    }

    private static byte[] head(FrameType type, int length) {
        return new ByteWriter(FrameBuffer.HEAD_BYTES)
                .writeU31(length)
                .writeU8(type.number())
                .toBytes();
    }

    private static Handshake handshake(int key) {
        NodeIdentity identity = PeerNode.identity(key);
        LocalTip tip = new LocalTip(0, PeerNode.NETWORK, Work.ZERO);
        Hello hello =
                new Hello(PeerNode.NETWORK, identity.nodeKey(), Hash.ZERO, 0, Optional.empty(), "wire", "wire/1", tip);
        return new Handshake(identity, true, hello, ChannelBinding.NONE, _ -> Optional.empty(), _ -> Optional.empty());
    }

    /** A plain socket that speaks frames when it wants to. */
    private final class Wire implements AutoCloseable {

        private final Socket socket;
        private final DataInputStream in;

        Wire() throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), node.transport.listenPort());
            socket.setSoTimeout(READ_MILLIS);
            socket.setTcpNoDelay(true);
            in = new DataInputStream(socket.getInputStream());
        }

        void shakeHands(int key) throws IOException {
            Handshake handshake = handshake(key);
            send(handshake.greeting());
            handshake.receive(payload());
            send(handshake.receive(payload()).replies().getFirst());
            assertThat(handshake.receive(payload()).complete()).isTrue();
        }

        RejectionReason handshakeEndsWith(int key) throws IOException {
            Handshake handshake = handshake(key);
            send(handshake.greeting());
            handshake.receive(payload());
            send(handshake.receive(payload()).replies().getFirst());
            return goodbye();
        }

        void send(byte[] payload) throws IOException {
            write(Frames.of(payload));
        }

        void write(byte[] bytes) throws IOException {
            socket.getOutputStream().write(bytes);
        }

        byte[] payload() throws IOException {
            return in.readNBytes(in.readInt());
        }

        /** Why the node hangs up; pings before that are passed over. */
        RejectionReason goodbye() throws IOException {
            for (Message message = MessageCodec.decode(payload()); ; message = MessageCodec.decode(payload())) {
                if (message instanceof Message.Goodbye(RejectionReason reason)) {
                    return reason;
                }
                assertThat(message).isInstanceOfAny(Message.Ping.class, Message.GetBodies.class);
            }
        }

        void expectEnd() throws IOException {
            try {
                assertThat(in.read()).isEqualTo(-1);
            } catch (EOFException | SocketException e) {
                // A reset is an end too.
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
