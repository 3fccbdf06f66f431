package dev.rensa.node.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.protocol.verdict.RejectionReason;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What peers may hold of a node's memory and time, and how long. */
class PeerBudgetTest {

    private static final Vertx VERTX = Vertx.vertx();

    private PeerNode node;

    @BeforeEach
    void startNode() {
        node = PeerNode.start(VERTX, 1);
    }

    private void restart(PeerLimits limits) {
        node.close();
        node = PeerNode.start(VERTX, 1, PeerNode.NETWORK, limits, Set.of());
    }

    @AfterEach
    void closeNode() {
        node.close();
    }

    @AfterAll
    static void closeVertx() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    /** Four long frames that never end fill the budget; the fifth waits unread, and is read when one of them is gone. */
    @Test
    void shouldHoldAllPeersTogetherToOneBudget() throws Exception {
        PeerLimits patient = PeerNode.LIMITS.withBudgets(16, 1 << 20, (40L << 20) + 1_024, 64L << 20, 1_000_000);
        restart(patient);
        int long9 = 9 << 20;
        List<Wire> wires = new ArrayList<>();
        for (int key = 2; key < 6; key++) {
            wires.add(askedForBodies(key));
            wires.getLast().write(Wire.head(FrameType.BODIES, long9));
        }
        PeerNode.await("four shares", () -> node.transport.receivingBytes() == 4L * long9);
        Wire fifth = askedForBodies(6);
        byte[] bodies =
                MessageCodec.encode(new Message.Bodies(List.of(new EncodedBody(PeerNode.NETWORK, new byte[5 << 20]))));
        fifth.write(Wire.head(FrameType.BODIES, bodies.length));
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
        restart(PeerNode.LIMITS.withTimes(1_000, 60, 1_000));
        try (Wire wire = new Wire(node)) {
            wire.shakeHands(2);
            node.nextConnected();
            wire.write(Wire.head(FrameType.ANNOUNCE_TRANSACTIONS, 39_000));

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
        restart(PeerNode.LIMITS.withBudgets(16, 1 << 20, 64L << 20, 64L << 20, 2_000));
        try (Wire wire = new Wire(node)) {
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

    /** Three messages that were asked for and do not come hold all memory; whoever waits for it does so for seconds. */
    @Test
    void shouldSoonGiveUpWhoKeepsMemoryThatOthersWaitFor() throws Exception {
        restart(PeerNode.LIMITS.withBudgets(16, 1 << 20, 41L << 20, 64L << 20, 1_000_000));
        int trickling = 12 << 20;
        List<Wire> wires = new ArrayList<>();
        for (int key = 2; key < 5; key++) {
            wires.add(askedForBodies(key));
            wires.getLast().write(Wire.head(FrameType.BODIES, trickling));
        }
        PeerNode.await("three shares", () -> node.transport.receivingBytes() == 3L * trickling);

        try (Wire honest = askedForBodies(5)) {
            honest.send(MessageCodec.encode(
                    new Message.Bodies(List.of(new EncodedBody(PeerNode.NETWORK, new byte[6 << 20])))));
            long start = System.nanoTime();

            PeerNode.Event told = node.next();
            while (told instanceof PeerNode.Event.Disconnected(PeerLink _, var why)) {
                assertThat(why.detail()).contains("too slowly");
                told = node.next();
            }
            assertThat(told).isInstanceOf(PeerNode.Event.Received.class);
            long patience = PeerNode.LIMITS.silenceMillis() / 4;
            assertThat(System.nanoTime() - start).isLessThan(TimeUnit.MILLISECONDS.toNanos(patience));
        }
        for (Wire wire : wires) {
            wire.close();
        }
    }

    @Test
    void shouldKeepWhatNobodyAskedForShort() {
        for (FrameType type : FrameType.values()) {
            if (!type.isAnswer()) {
                assertThat(type.maximumBytes(PeerNode.MAX_BLOCK_BYTES))
                        .as("%s", type)
                        .isLessThan(2 << 20);
            }
        }
    }

    @Test
    void shouldHoldWhatNobodyAskedForToAPartOfTheMemory() throws Exception {
        restart(PeerNode.LIMITS.withBudgets(16, 1 << 20, 41L << 20, 64L << 20, 1_000_000));
        List<Wire> wires = new ArrayList<>();
        int length = FrameType.COMPACT_BLOCK.maximumBytes(PeerNode.MAX_BLOCK_BYTES);
        int places = PeerNode.LIMITS.maxInbound();
        for (int key = 2; key < 2 + places; key++) {
            wires.add(new Wire(node));
            wires.getLast().shakeHands(key);
            node.nextConnected();
            wires.getLast().write(Wire.head(FrameType.COMPACT_BLOCK, length));
        }

        PeerNode.await("all shares", () -> node.transport.receivingBytes() == (long) places * length);
        assertThat(node.transport.receivingBytes()).isLessThan((41L << 20) / 2);
        for (Wire wire : wires) {
            wire.close();
        }
    }

    /** It takes longer than a peer may be silent, and is seen to take something all the time. */
    @Test
    void shouldBePatientWithAPeerThatTakesALongMessageSlowly() throws Exception {
        restart(PeerNode.LIMITS.withTimes(1_000, 60, 1_000));
        int length = 24 << 20;
        try (Wire wire = new Wire(node)) {
            wire.shakeHands(2);
            PeerLink link = node.nextConnected();
            Message message = new Message.Bodies(List.of(new EncodedBody(PeerNode.NETWORK, new byte[length])));
            assertThat(link.send(message)).isTrue();

            for (long taken = 0; taken < length; taken += wire.take(256 << 10)) {
                wire.send(MessageCodec.encode(new Message.Ping(taken)));
                LockSupport.parkNanos(25_000_000);
            }

            assertThat(node.transport.links()).containsExactly(link);
        }
    }

    private Wire askedForBodies(int key) throws Exception {
        Wire wire = new Wire(node);
        wire.shakeHands(key);
        node.nextConnected().send(new Message.GetBodies(List.of()));
        return wire;
    }
}
