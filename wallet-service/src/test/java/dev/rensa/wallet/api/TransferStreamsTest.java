package dev.rensa.wallet.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TransferStreamsTest {

    private static final PublicKey KEY = PublicKey.fromHex("11".repeat(32));

    private static final long EPOCH = 77;

    private static final Caller.Standing SHOP = new Caller.Standing("key:shop", () -> true);

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
        var listener = listen((Long) null, 1000);
        await(() -> !listener.getItems().isEmpty());
        last.incrementAndGet();

        await(() -> !notices(listener).isEmpty());

        assertThat(notices(listener)).containsExactly(1001L);
    }

    @Test
    void shouldSayThatAnIdIsNoneOfThisWallet() {
        var listener = listen(5000L, 1000);

        await(() -> !listener.getItems().isEmpty());

        assertThat(listener.getItems().getFirst())
                .isEqualTo(new TransferStreams.Line(new EventPlace(EPOCH, 1000), null, true));
    }

    @Test
    void shouldGiveASilentListenerASignOfLifeWithHisPlace() {
        var listener = listen((Long) null, 1000);

        await(() -> listener.getItems().size() >= 3);

        assertThat(listener.getItems().getLast())
                .isEqualTo(new TransferStreams.Line(new EventPlace(EPOCH, 1000), null, false));
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
        var listener = listen((Long) null, 1000);
        await(() -> streams.listenerCount() == 1);

        listener.cancel();

        await(() -> streams.listenerCount() == 0);
    }

    @Test
    void shouldTellNothingMoreToWhoMayNotCallAnyMore() {
        AtomicBoolean holds = new AtomicBoolean(true);
        var listener = listen((Long) null, 1000, new Caller.Standing("key:shop", holds::get));
        await(() -> listener.getItems().size() >= 2);

        holds.set(false);

        await(() -> listener.hasCompleted());
        int told = listener.getItems().size();
        last.addAndGet(10);
        var other = listen(1000L, 1000);
        await(() -> notices(other).size() == 10);
        assertThat(listener.getItems()).hasSize(told);
        assertThat(notices(listener)).isEmpty();
        assertThat(streams.listenerCount()).isEqualTo(1);
    }

    @Test
    void shouldLeaveRoomForOthersWhoeverListens() {
        for (int i = 0; i < TransferStreams.MAX_LISTENERS_A_CALLER; i++) {
            listen((Long) null, 1000);
        }

        assertThatThrownBy(() -> listen((Long) null, 1000)).isInstanceOf(ApiProblem.class);

        var other = listen(990L, 1000, new Caller.Standing("key:other", () -> true));
        await(() -> notices(other).size() == 10);
    }

    @Test
    void shouldSayThatAnIdIsOfTheWalletBeforeItWasRestored() {
        var former = listen(EventPlace.of((EPOCH - 1) + "-990"), 1000);
        var present = listen(EventPlace.of(EPOCH + "-990"), 1000);
        var number = listen(EventPlace.of("990"), 1000);
        var nonsense = listen(EventPlace.of("from-elsewhere"), 1000);

        await(() -> notices(present).size() == 10 && notices(number).size() == 10);
        await(() -> !former.getItems().isEmpty() && !nonsense.getItems().isEmpty());
        assertThat(former.getItems().getFirst().gap()).isTrue();
        assertThat(nonsense.getItems().getFirst().gap()).isTrue();
        assertThat(present.getItems().getLast().place()).hasToString(EPOCH + "-1000");
    }

    private AssertSubscriber<TransferStreams.Line> listen(@Nullable Long after, long takes) {
        return listen(after, takes, SHOP);
    }

    private AssertSubscriber<TransferStreams.Line> listen(@Nullable Long after, long takes, Caller.Standing who) {
        return listen(after == null ? null : new EventPlace(null, after), takes, who);
    }

    private AssertSubscriber<TransferStreams.Line> listen(EventPlace after, long takes) {
        return listen(after, takes, SHOP);
    }

    private AssertSubscriber<TransferStreams.Line> listen(@Nullable EventPlace after, long takes, Caller.Standing who) {
        var subscriber = AssertSubscriber.<TransferStreams.Line>create(takes);
        streams.open(TransferFeed.Filter.ALL, after, who).subscribe().withSubscriber(subscriber);
        return subscriber;
    }

    private static List<Long> notices(AssertSubscriber<TransferStreams.Line> listener) {
        return List.copyOf(listener.getItems()).stream()
                .filter(line -> line.notice() != null)
                .map(line -> line.place().sequence())
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
        public long epoch() {
            return EPOCH;
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
