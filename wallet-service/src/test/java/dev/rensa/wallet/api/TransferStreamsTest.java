package dev.rensa.wallet.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.money.Amount;
import dev.rensa.wallet.key.WalletId;
import dev.rensa.wallet.transfer.Notice;
import dev.rensa.wallet.transfer.Order;
import dev.rensa.wallet.transfer.TransferEvent;
import dev.rensa.wallet.transfer.TransferFeed;
import dev.rensa.wallet.transfer.TransferId;
import dev.rensa.wallet.transfer.TransferNotice;
import dev.rensa.wallet.transfer.TransferState;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TransferStreamsTest {

    private static final PublicKey KEY = PublicKey.fromHex("11".repeat(32));

    private final AtomicLong last = new AtomicLong(1000);
    private final AtomicInteger pages = new AtomicInteger();
    private final TransferStreams streams = new TransferStreams(new NumberedFeed(), 50);

    @AfterEach
    void close() {
        streams.close();
    }

    @Test
    void shouldTellEverythingBehindTheLastIdAndThenWhatComes() {
        var listener = listen(990L, 1000);

        await(() -> notices(listener).size() == 10);
        last.set(1002);

        await(() -> notices(listener).size() == 12);
        assertThat(notices(listener))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(991, 1002).boxed().toList());
    }

    @Test
    void shouldBeginNowForWhoComesForTheFirstTime() {
        var listener = listen(null, 1000);
        await(() -> !listener.getItems().isEmpty());
        last.incrementAndGet();

        await(() -> !notices(listener).isEmpty());

        assertThat(notices(listener)).containsExactly(1001L);
    }

    @Test
    void shouldSayThatAnIdIsNoneOfThisWallet() {
        var listener = listen(5000L, 1000);

        await(() -> !listener.getItems().isEmpty());

        assertThat(listener.getItems().getFirst()).isEqualTo(new TransferStreams.Line(1000, null, true));
    }

    @Test
    void shouldGiveASilentListenerASignOfLifeWithHisPlace() {
        var listener = listen(null, 1000);

        await(() -> listener.getItems().size() >= 3);

        assertThat(listener.getItems().getLast()).isEqualTo(new TransferStreams.Line(1000, null, false));
    }

    @Test
    void shouldReadForASlowListenerOnlyWhatHeTakes() {
        last.set(100_000);
        var slow = listen(0L, 3);
        var fast = listen(99_000L, 5000);

        await(() -> notices(fast).size() == 1000);

        assertThat(notices(slow)).containsExactly(1L, 2L);
        int read = pages.get();
        slow.request(1);
        await(() -> notices(slow).size() == 3);
        assertThat(pages.get()).isEqualTo(read);
    }

    @Test
    void shouldForgetWhoLeft() {
        var listener = listen(null, 1000);
        await(() -> streams.listenerCount() == 1);

        listener.cancel();

        await(() -> streams.listenerCount() == 0);
    }

    private AssertSubscriber<TransferStreams.Line> listen(@Nullable Long after, long takes) {
        var subscriber = AssertSubscriber.<TransferStreams.Line>create(takes);
        streams.open(TransferFeed.Filter.ALL, after).subscribe().withSubscriber(subscriber);
        return subscriber;
    }

    private static List<Long> notices(AssertSubscriber<TransferStreams.Line> listener) {
        return List.copyOf(listener.getItems()).stream()
                .filter(line -> line.notice() != null)
                .map(TransferStreams.Line::position)
                .toList();
    }

    private static void await(java.util.concurrent.Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(5))
                .until(condition);
    }

    /** Steps without end, of which so many have happened. */
    private final class NumberedFeed implements TransferFeed {

        @Override
        public long last() {
            return last.get();
        }

        @Override
        public Page after(long sequence, Filter filter, int limit) {
            long upTo = Math.min(last.get(), sequence + limit);
            if (upTo > sequence) {
                pages.incrementAndGet();
            }
            return new Page(
                    LongStream.rangeClosed(sequence + 1, upTo)
                            .<Notice>mapToObj(TransferStreamsTest::notice)
                            .toList(),
                    Math.max(sequence, upTo));
        }
    }

    private static TransferNotice notice(long sequence) {
        return new TransferNotice(
                sequence,
                new TransferEvent(new TransferId("id"), 1, 1, TransferState.SIGNED, "wallet", "signed"),
                BlockHash.fromHex("22".repeat(32)),
                new WalletId("w"),
                0,
                KEY,
                "payment",
                new Order(KEY, Amount.ofMon(1), Amount.ZERO, 0, ""),
                null);
    }
}
