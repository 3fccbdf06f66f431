package dev.rensa.node.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What waits for peers that take nothing, on real connections. */
class SendBudgetTest {
    /** Some 40 KB, the longest that peers take unasked. */
    private static final Message LONG = new Message.AnnounceTransactions(ShortIds.of(new long[5_000]));

    private static final Message SHORT = new Message.WantRelay(true);
    private static final long BUDGET = 48L << 20;

    private final Vertx vertx = Vertx.vertx();
    private final CountDownLatch released = new CountDownLatch(1);

    @AfterEach
    void close() {
        released.countDown();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void shouldHoldAllPeersTogetherToOneBudgetAndStillTellShortThings() throws InterruptedException {
        PeerLimits limits = PeerNode.LIMITS.withBudgets(16, 1 << 20, 64L << 20, BUDGET, 1_000_000);
        try (PeerNode sender = PeerNode.start(vertx, 1, PeerNode.NETWORK, limits, Set.of());
                PeerNode first = PeerNode.start(vertx, 2);
                PeerNode second = PeerNode.start(vertx, 3);
                PeerNode brisk = PeerNode.start(vertx, 4)) {
            List<PeerLink> sluggish =
                    List.of(linkThatTakesNothing(sender, first), linkThatTakesNothing(sender, second));
            PeerLink toBrisk = link(sender, brisk);

            List<Long> most = new ArrayList<>();
            while (sluggish.stream().filter(link -> link.send(LONG)).count() > 0) {
                most.add(sender.transport.sendingBytes());
            }
            assertThat(sender.transport.sendingBytes()).isBetween(BUDGET - (1 << 20), BUDGET + (1 << 20));
            assertThat(most).allMatch(bytes -> bytes < BUDGET + (1 << 20));
            assertThat(toBrisk.send(LONG)).isFalse();
            assertThat(toBrisk.send(SHORT)).isTrue();
            assertThat(brisk.nextMessage()).isEqualTo(SHORT);

            released.countDown();
            PeerNode.await("all is taken", () -> sender.transport.sendingBytes() == 0);
            assertThat(toBrisk.send(LONG)).isTrue();
            assertThat(brisk.nextMessage()).isEqualTo(LONG);
        }
    }

    /** Whoever asks much and takes nothing keeps no news from the others. */
    @Test
    void shouldKeepRoomForNewsWhereAnswersAreNotTaken() throws InterruptedException {
        PeerLimits limits = PeerNode.LIMITS.withBudgets(16, 1 << 20, 64L << 20, BUDGET, 1_000_000);
        Message answer = new Message.Bodies(List.of(new EncodedBody(PeerNode.NETWORK, new byte[1 << 20])));
        int questions = 30;
        long roomForAnswers = BUDGET - BUDGET / 4;
        try (PeerNode sender = PeerNode.start(vertx, 1, PeerNode.NETWORK, limits, Set.of());
                PeerNode first = PeerNode.start(vertx, 2);
                PeerNode second = PeerNode.start(vertx, 3);
                PeerNode brisk = PeerNode.start(vertx, 4)) {
            List<PeerLink> sluggish =
                    List.of(linkThatTakesNothing(sender, first), linkThatTakesNothing(sender, second));
            PeerLink toBrisk = link(sender, brisk);

            for (int i = 0; i < questions; i++) {
                for (PeerNode asking : List.of(first, second)) {
                    asking.transport.links().getFirst().send(new Message.GetBodies(List.of()));
                }
                sluggish.forEach(link -> link.send(answer));
            }

            assertThat(sender.transport.sendingBytes())
                    .isBetween(roomForAnswers - (4 << 20), roomForAnswers + (2 << 20));
            assertThat(toBrisk.send(LONG)).isTrue();
            assertThat(brisk.nextMessage()).isEqualTo(LONG);
        }
    }

    /** They take something all the time, and so little that nobody else would be answered for minutes. */
    @Test
    void shouldSoonLetGoWhoTakesTooLittleOfWhatOthersWaitFor() throws Exception {
        PeerLimits limits =
                PeerNode.LIMITS.withTimes(10_000, 1_000, 8_000).withBudgets(16, 1 << 20, 64L << 20, BUDGET, 1_000_000);
        int stepMillis = 50;
        int bytesAStep = Pace.MIN_BYTES_PER_SECOND / 2 * stepMillis / 1_000;
        int steps = 6_000 / stepMillis;
        List<Wire> trickling = new ArrayList<>();
        List<PeerLink> sluggish = new ArrayList<>();
        List<String> ends = new ArrayList<>();
        try (PeerNode sender = PeerNode.start(vertx, 1, PeerNode.NETWORK, limits, Set.of());
                PeerNode brisk = PeerNode.start(vertx, 2)) {
            PeerLink toBrisk = link(sender, brisk);
            for (int key = 3; key < 7; key++) {
                trickling.add(new Wire(sender));
                trickling.getLast().shakeHands(key);
                sluggish.add(sender.nextConnected());
            }
            fill(sluggish);
            brisk.transport.links().getFirst().send(new Message.GetBodies(List.of()));

            boolean asked = false;
            for (int step = 0; step < steps && (!asked || ends.isEmpty()); step++) {
                trickling.removeIf(wire -> !takes(wire, bytesAStep));
                LockSupport.parkNanos(stepMillis * 1_000_000L);
                while (sender.untold() > 0) {
                    switch (sender.next()) {
                        case PeerNode.Event.Disconnected(var _, var why) -> ends.add(why.detail());
                        case PeerNode.Event.Received(var from, var _) ->
                            asked |= from.key().equals(brisk.key());
                        case PeerNode.Event.Connected _ -> {}
                    }
                }
            }

            assertThat(asked)
                    .as("whoever takes everything is heard, though %d bytes wait", sender.transport.sendingBytes())
                    .isTrue();
            assertThat(ends).isNotEmpty().allMatch(why -> why.contains("takes too little"));
            assertThat(sender.transport.links()).contains(toBrisk);
        }
        for (Wire wire : trickling) {
            wire.close();
        }
    }

    /** The sockets take something of it at first. */
    private static void fill(List<PeerLink> links) {
        for (int round = 0; round < 50; round++) {
            while (links.stream().filter(link -> link.send(LONG)).count() > 0) {
                // All memory is taken when nobody takes any more.
            }
            LockSupport.parkNanos(2_000_000);
        }
    }

    private static boolean takes(Wire wire, int bytes) {
        try {
            wire.take(bytes);
            wire.send(MessageCodec.encode(new Message.Ping(1)));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private PeerLink linkThatTakesNothing(PeerNode sender, PeerNode receiver) throws InterruptedException {
        PeerLink link = link(sender, receiver);
        receiver.writer.execute(() -> {
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        return link;
    }

    private static PeerLink link(PeerNode sender, PeerNode receiver) throws InterruptedException {
        sender.dial(receiver);
        PeerLink link = sender.nextConnected();
        receiver.nextConnected();
        return link;
    }
}
