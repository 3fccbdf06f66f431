package dev.rensa.node.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
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
