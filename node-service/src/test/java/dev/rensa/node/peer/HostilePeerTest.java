package dev.rensa.node.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.protocol.verdict.RejectionReason;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A node against sockets that do as they please. */
class HostilePeerTest {

    private static final Vertx VERTX = Vertx.vertx();

    /** The first handshake of a process takes long on a busy machine. */
    private static final PeerLimits PATIENT = PeerNode.LIMITS.withTimes(10_000, 15_000, 45_000);

    private PeerNode node;

    @BeforeEach
    void startNode() {
        node = PeerNode.start(VERTX, 1, PeerNode.NETWORK, PATIENT, Set.of());
    }

    private void restart(PeerLimits limits) {
        node.close();
        node = PeerNode.start(VERTX, 1, PeerNode.NETWORK, limits, Set.of());
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
        try (Wire wire = new Wire(node)) {
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
            try (Wire wire = new Wire(node)) {
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
            new Wire(node).close();
        }

        assertThat(node.untold()).isZero();
    }

    @Test
    void shouldNotWaitForASlowHandshake() throws IOException {
        restart(PeerNode.LIMITS.withTimes(300, 15_000, 45_000));
        try (Wire wire = new Wire(node)) {
            wire.write(new byte[] {0, 0});

            assertThat(wire.goodbye()).isEqualTo(RejectionReason.TIMED_OUT);
            wire.expectEnd();
        }
    }

    @Test
    void shouldRefuseAKeyThatIsNotProved() throws IOException {
        Handshake handshake = Wire.handshake(2);
        try (Wire wire = new Wire(node)) {
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
        Handshake handshake = Wire.handshake(2);
        try (Wire wire = new Wire(node)) {
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
        Handshake first = Wire.handshake(2);
        byte[] overheard;
        try (Wire wire = new Wire(node)) {
            wire.send(first.greeting());
            first.receive(wire.payload());
            overheard = first.receive(wire.payload()).replies().getFirst();
        }
        try (Wire wire = new Wire(node)) {
            wire.send(first.greeting());
            wire.payload();
            wire.payload();

            wire.send(overheard);

            assertThat(wire.goodbye()).isEqualTo(RejectionReason.INVALID_NODE_KEY_PROOF);
        }
    }

    @Test
    void shouldRefuseANodeThatClaimsItsOwnKey() throws IOException {
        try (Wire wire = new Wire(node)) {
            wire.send(Wire.handshake(1).greeting());
            wire.payload();

            assertThat(wire.goodbye()).isEqualTo(RejectionReason.SELF_CONNECTION);
        }
    }

    @Test
    void shouldBanAPeerThatSendsBytesWithoutMeaning() throws Exception {
        try (Wire wire = new Wire(node)) {
            wire.shakeHands(2);
            node.nextConnected();

            wire.send(new byte[] {(byte) FrameType.ANNOUNCE_TIP.number(), 0, 0, 0, 7});

            assertThat(wire.goodbye()).isEqualTo(RejectionReason.UNKNOWN_VERSION);
            assertThat(node.nextDisconnected().reason()).isEqualTo(RejectionReason.UNKNOWN_VERSION);
        }
        try (Wire wire = new Wire(node)) {
            wire.shakeHands(3);
            node.nextConnected();

            wire.send(new byte[] {(byte) FrameType.GET_BODIES.number(), 0, 0, 0, 9});

            assertThat(wire.goodbye()).isEqualTo(RejectionReason.MALFORMED);
            assertThat(node.nextDisconnected().reason()).isEqualTo(RejectionReason.MALFORMED);
        }
        try (Wire wire = new Wire(node)) {
            assertThat(wire.handshakeEndsWith(3)).isEqualTo(RejectionReason.BANNED);
        }
    }

    @Test
    void shouldRefuseAnOversizedFrameBeforeItArrives() throws Exception {
        try (Wire wire = new Wire(node)) {
            wire.shakeHands(2);
            node.nextConnected();

            wire.write(new byte[] {0x7f, 0, 0, 0});

            assertThat(wire.goodbye()).isEqualTo(RejectionReason.SIZE_LIMIT);
            assertThat(node.nextDisconnected().reason()).isEqualTo(RejectionReason.SIZE_LIMIT);
        }
    }

    @Test
    void shouldGiveUpAPeerThatIsSilent() throws Exception {
        restart(PeerNode.LIMITS.withTimes(10_000, 100, 400));
        try (Wire wire = new Wire(node)) {
            wire.shakeHands(2);
            node.nextConnected();

            assertThat(wire.goodbye()).isEqualTo(RejectionReason.TIMED_OUT);
            assertThat(node.nextDisconnected().reason()).isEqualTo(RejectionReason.TIMED_OUT);
        }
    }

    @Test
    void shouldNotAnswerAFloodOfPingsWithAFloodOfPongs() throws Exception {
        try (Wire wire = new Wire(node)) {
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
            names = {"HEADERS", "BODIES", "TRANSACTIONS", "BLOCK_TRANSACTIONS", "STATE_ROOTS", "STATE_CHUNK"})
    void shouldRefuseAnAnswerThatNobodyAskedForAtItsHead(FrameType answer) throws Exception {
        try (Wire wire = new Wire(node)) {
            wire.shakeHands(2);
            node.nextConnected();

            wire.write(new byte[] {0, 0, 0x40, 0, (byte) answer.number()});

            assertThat(wire.goodbye()).isEqualTo(RejectionReason.UNEXPECTED_MESSAGE);
            assertThat(node.nextDisconnected().reason()).isEqualTo(RejectionReason.UNEXPECTED_MESSAGE);
        }
    }

    @Test
    void shouldTakeOneAnswerForOneQuestion() throws Exception {
        try (Wire wire = new Wire(node)) {
            wire.shakeHands(2);
            PeerLink link = node.nextConnected();
            link.send(new Message.GetHeaders(List.of()));
            link.send(new Message.GetTransactions(ShortIds.of(7)));

            Message asked = new Message.Transactions(List.of(MessageSamples.transaction(1, "")));
            wire.send(MessageCodec.encode(asked));
            wire.send(MessageCodec.encode(new Message.Headers(List.of())));
            assertThat(node.nextMessage()).isEqualTo(asked);
            assertThat(node.nextMessage()).isEqualTo(new Message.Headers(List.of()));
            wire.send(MessageCodec.encode(new Message.Headers(List.of())));

            assertThat(node.nextDisconnected().reason()).isEqualTo(RejectionReason.UNEXPECTED_MESSAGE);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void shouldRefuseTransactionsThatAreNotThoseAskedFor(int count) throws Exception {
        try (Wire wire = new Wire(node)) {
            wire.shakeHands(2);
            node.nextConnected().send(new Message.GetTransactions(ShortIds.of(7)));

            wire.send(MessageCodec.encode(
                    new Message.Transactions(Collections.nCopies(count, MessageSamples.transaction(1, "")))));

            assertThat(node.nextDisconnected().reason()).isEqualTo(RejectionReason.UNEXPECTED_MESSAGE);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = FrameType.class,
            names = {"COMPACT_BLOCK", "GET_BLOCK_TRANSACTIONS"})
    void shouldRefuseAtItsHeadWhatIsLongerThanTheNetworksBlocksNeed(FrameType type) throws Exception {
        try (Wire wire = new Wire(node)) {
            wire.shakeHands(2);
            node.nextConnected();

            wire.write(Wire.head(type, type.maximumBytes() - 1));

            assertThat(wire.goodbye()).isEqualTo(RejectionReason.SIZE_LIMIT);
        }
    }

    @Test
    void shouldRefuseBodiesLongerThanTheNetworksBlocks() throws Exception {
        try (Wire wire = new Wire(node)) {
            wire.shakeHands(2);
            node.nextConnected().send(new Message.GetBodies(List.of()));

            wire.write(Wire.head(FrameType.BODIES, MessageLimits.BODIES_FILL_BYTES + 2 * PeerNode.MAX_BLOCK_BYTES));

            assertThat(wire.goodbye()).isEqualTo(RejectionReason.SIZE_LIMIT);
        }
    }
}
