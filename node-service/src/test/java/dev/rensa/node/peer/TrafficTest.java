package dev.rensa.node.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Bytes by type of message, on real connections. */
class TrafficTest {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void shouldCountEveryFrameOfBothSidesUnderItsType() throws InterruptedException {
        try (PeerNode anne = PeerNode.start(vertx, 1);
                PeerNode bill = PeerNode.start(vertx, 2)) {
            anne.dial(bill);
            PeerLink toBill = anne.nextConnected();
            bill.nextConnected();
            Message question = new Message.GetHeaders(List.of(MessageSamples.hash("a"), MessageSamples.hash("b")));

            toBill.send(question);
            toBill.send(question);
            bill.nextMessage();
            bill.nextMessage();

            long bytes = 2L * (Integer.BYTES + 1 + Integer.BYTES + 2 * 32);
            PeerNode.await("both are counted as sent", () -> sent(anne, "get_headers") == bytes);
            assertThat(received(bill, "get_headers")).isEqualTo(bytes);
            assertThat(received(anne, "get_headers")).isZero();
            assertThat(sent(anne, "bodies")).isZero();
            assertThat(received(bill, "hello")).isEqualTo(sent(anne, "hello")).isPositive();
            assertThat(received(anne, "hello")).isEqualTo(sent(bill, "hello")).isPositive();
        }
    }

    @Test
    void shouldNameEveryTypeOnce() {
        assertThat(Traffic.types()).doesNotHaveDuplicates().contains("hello", "compact_block", "state_chunk");
    }

    private static long sent(PeerNode node, String type) {
        return node.transport().traffic().sentBytes(type);
    }

    private static long received(PeerNode node, String type) {
        return node.transport().traffic().receivedBytes(type);
    }
}
