package dev.rensa.node.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rensa.node.peer.Message;
import dev.rensa.node.peer.NodeKey;
import dev.rensa.node.peer.PeerAddress;
import dev.rensa.node.peer.PeerEvents;
import dev.rensa.node.peer.PeerInfo;
import dev.rensa.node.peer.PeerLink;
import dev.rensa.node.peer.ShortIds;
import dev.rensa.node.peer.Timers;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.PrivateKey;
import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.verdict.RejectionReason;
import dev.rensa.protocol.work.Work;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LabTest {

    private static final LinkFault CUT = new LinkFault(true, 0, 0, 0, 0);
    private static final OptionalLong FOR_EVER = OptionalLong.empty();

    private long nowMillis = 1_000;
    private int scheduled;
    private int healed;
    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::atMillis).thenComparingInt(Task::number));
    private final Heard node = new Heard();
    private final FakeLink transportLink = new FakeLink(1);
    private final Lab lab =
            new Lab(node, () -> Instant.ofEpochMilli(nowMillis), this::after, Random::new, () -> healed++);

    private record Task(long atMillis, int number, Runnable task) {}

    @BeforeEach
    void connect() {
        lab.connected(transportLink);
    }

    @Test
    void shouldPassEverythingWhereNothingIsDisturbed() {
        assertThat(node.link.send(ping(1))).isTrue();
        lab.received(transportLink, ping(2));

        assertThat(transportLink.sent).containsExactly(ping(1));
        assertThat(node.received).containsExactly(ping(2));
    }

    @Test
    void shouldCloseALinkThatIsCutAndLetNoneBeMade() {
        lab.disturb(List.of(key(1)), CUT, FOR_EVER);

        assertThat(transportLink.closed).map(Rejection::reason).contains(RejectionReason.CUT_BY_LAB);
        assertThat(transportLink.penalties).isZero();
        assertThat(lab.judge(key(1)).orElseThrow().detail()).contains("/lab/links");
        assertThat(lab.judge(key(2))).isEmpty();

        lab.heal(key(1));
        assertThat(lab.judge(key(1))).isEmpty();
        assertThat(healed).isEqualTo(1);
    }

    @Test
    void shouldCloseALinkThatWasAdmittedJustBeforeTheOrder() {
        lab.disturb(List.of(key(2)), CUT, FOR_EVER);
        FakeLink late = new FakeLink(2);

        lab.connected(late);

        assertThat(late.closed).isPresent();
    }

    @Test
    void shouldHoldMessagesBackAndKeepTheirOrder() {
        lab.disturb(List.of(key(1)), new LinkFault(false, 500, 400, 0, 7), FOR_EVER);
        List<Message> messages = IntStream.range(0, 50).mapToObj(LabTest::ping).toList();

        messages.forEach(message -> assertThat(node.link.send(message)).isTrue());
        runFor(499);
        assertThat(transportLink.sent).isEmpty();
        runFor(401);

        assertThat(transportLink.sent).isEqualTo(messages);
    }

    @Test
    void shouldSendWhatIsHeldWhenTheDelayIsHealed() {
        lab.disturb(List.of(key(1)), new LinkFault(false, 5_000, 0, 0, 7), FOR_EVER);
        node.link.send(ping(1));
        node.link.send(ping(2));

        lab.healAll();
        node.link.send(ping(3));

        assertThat(transportLink.sent).containsExactly(ping(1), ping(2), ping(3));
    }

    @Test
    void shouldKeepWhatAFullLinkDoesNotTake() {
        lab.disturb(List.of(key(1)), new LinkFault(false, 100, 0, 0, 7), FOR_EVER);
        node.link.send(ping(1));
        transportLink.full = true;
        runFor(300);
        lab.healAll();
        node.link.send(ping(2));
        assertThat(transportLink.sent).isEmpty();

        transportLink.full = false;
        runFor(200);

        assertThat(transportLink.sent).containsExactly(ping(1), ping(2));
    }

    @Test
    void shouldHoldNoMoreThanItsBounds() {
        lab.disturb(List.of(key(1)), new LinkFault(false, 9_000, 0, 0, 7), FOR_EVER);
        Message longer = new Message.AnnounceTransactions(
                ShortIds.of(LongStream.range(0, 5_000).toArray()));

        long taken =
                IntStream.range(0, 1_000).filter(_ -> node.link.send(longer)).count();

        assertThat(taken * 40_000).isBetween(FaultyLink.MAX_HELD_BYTES - 80_000, FaultyLink.MAX_HELD_BYTES);
        assertThat(IntStream.range(0, 20_000)
                        .filter(i -> node.link.send(ping(i)))
                        .count())
                .isLessThan(FaultyLink.MAX_HELD_MESSAGES);
    }

    @Test
    void shouldHoldNoMoreThanTheBoundOfAllLinksAndForgetItWithThem() {
        Message longer = new Message.AnnounceTransactions(
                ShortIds.of(LongStream.range(0, 5_000).toArray()));
        List<NodeKey> keys = IntStream.range(1, 12).mapToObj(LabTest::key).toList();
        lab.disturb(keys, new LinkFault(false, 9_000, 0, 0, 7), FOR_EVER);

        List<FakeLink> links = IntStream.range(2, 12).mapToObj(FakeLink::new).toList();
        long taken = links.stream()
                .mapToLong(link -> {
                    lab.connected(link);
                    return IntStream.range(0, 300)
                            .filter(_ -> node.link.send(longer))
                            .count();
                })
                .sum();
        links.forEach(link -> lab.disconnected(link, gone()));
        FakeLink next = new FakeLink(5);
        lab.connected(next);

        assertThat(taken * 40_000).isBetween(Lab.MAX_HELD_BYTES - 80_000, Lab.MAX_HELD_BYTES);
        assertThat(node.link.send(longer)).isTrue();
    }

    @Test
    void shouldRefuseTheShareOfMessagesThatAreLostAndLetQuestionsForTransactionsVanish() {
        lab.disturb(List.of(key(1)), new LinkFault(false, 0, 0, 30, 7), FOR_EVER);
        Message question = new Message.GetTransactions(ShortIds.of(new long[] {1}));

        long told =
                IntStream.range(0, 1_000).filter(i -> node.link.send(ping(i))).count();
        int sent = transportLink.sent.size();
        boolean allAsked = IntStream.range(0, 1_000).allMatch(_ -> node.link.send(question));

        assertThat(told).isBetween(630L, 770L).isEqualTo(sent);
        assertThat(allAsked).isTrue();
        assertThat(transportLink.sent.size() - sent).isBetween(630, 770);
    }

    @Test
    void shouldDrawTheSameFromTheSameSeed() {
        assertThat(lossesWith(3)).isEqualTo(lossesWith(3)).isNotEqualTo(lossesWith(4));
    }

    private List<Boolean> lossesWith(long seed) {
        lab.disturb(List.of(key(1)), new LinkFault(false, 0, 0, 50, seed), FOR_EVER);
        List<Boolean> losses =
                IntStream.range(0, 100).mapToObj(i -> node.link.send(ping(i))).toList();
        lab.healAll();
        return losses;
    }

    @Test
    void shouldHealWhatWasOrderedForATimeButNotWhatWasOrderedSince() {
        LinkFault slow = new LinkFault(false, 100, 0, 0, 1);
        lab.disturb(List.of(key(1), key(2)), slow, OptionalLong.of(10_000));
        lab.disturb(List.of(key(2)), slow, OptionalLong.of(60_000));
        assertThat(lab.faults().get(key(1)).untilMillis()).hasValue(11_000);

        runFor(10_000);

        assertThat(lab.faults()).containsOnlyKeys(key(2));
    }

    @Test
    void shouldBoundHowManyLinksAreDisturbed() {
        List<NodeKey> keys =
                IntStream.rangeClosed(1, Lab.MAX_FAULTS).mapToObj(LabTest::key).toList();
        assertThat(lab.disturb(keys, CUT, FOR_EVER)).isEmpty();

        Optional<Rejection> refusal = lab.disturb(List.of(key(5_000)), CUT, FOR_EVER);

        assertThat(refusal.orElseThrow().reason()).isEqualTo(RejectionReason.SENDER_LIMIT);
        assertThat(lab.faults()).hasSize(Lab.MAX_FAULTS);
    }

    @Test
    void shouldTakeNoFaultOutOfItsBounds() {
        assertThatThrownBy(() -> new LinkFault(false, 10_001, 0, 0, 0)).hasMessageContaining("delay 10001 ms");
        assertThatThrownBy(() -> new LinkFault(false, 0, 0, 101, 0)).hasMessageContaining("loss 101 %");
    }

    private Timers.Cancellable after(long delayMillis, Runnable task) {
        Task entry = new Task(nowMillis + delayMillis, scheduled++, task);
        tasks.add(entry);
        return () -> tasks.remove(entry);
    }

    private void runFor(long millis) {
        long end = nowMillis + millis;
        while (!tasks.isEmpty() && tasks.element().atMillis <= end) {
            Task next = tasks.remove();
            nowMillis = next.atMillis;
            next.task.run();
        }
        nowMillis = end;
    }

    private static NodeKey key(int number) {
        byte[] secret = new byte[32];
        secret[30] = (byte) (number >>> 8);
        secret[31] = (byte) number;
        return new NodeKey(PrivateKey.of(secret).publicKey());
    }

    private static Message ping(long token) {
        return new Message.Ping(token);
    }

    private static Rejection gone() {
        return new Rejection(RejectionReason.UNREACHABLE, "the test says so");
    }

    /** The node, which knows its last link. */
    private static final class Heard implements PeerEvents {
        private final List<Message> received = new ArrayList<>();
        private PeerLink link;

        @Override
        public void connected(PeerLink newLink) {
            link = newLink;
        }

        @Override
        public void received(PeerLink from, Message message) {
            assertThat(from).isSameAs(link);
            received.add(message);
        }

        @Override
        public void disconnected(PeerLink old, Rejection rejection) {}
    }

    private static final class FakeLink implements PeerLink {
        private final List<Message> sent = new ArrayList<>();
        private final PeerInfo info;
        private boolean full;
        private int penalties;
        private Optional<Rejection> closed = Optional.empty();

        FakeLink(int number) {
            PeerAddress address = new PeerAddress("127.0.0.1", 7_000 + number);
            this.info = new PeerInfo(
                    LabTest.key(number),
                    "peer",
                    "test",
                    true,
                    address,
                    Optional.of(address),
                    0,
                    BlockHash.ZERO,
                    Work.ZERO);
        }

        @Override
        public PeerInfo info() {
            return info;
        }

        @Override
        public boolean send(Message message) {
            return !full && sent.add(message);
        }

        @Override
        public long queuedBytes() {
            return 0;
        }

        @Override
        public boolean isPaused() {
            return false;
        }

        @Override
        public void disconnect(Rejection rejection) {
            closed = Optional.of(rejection);
        }

        @Override
        public void penalise(int points, Rejection rejection) {
            penalties++;
        }
    }
}
