package dev.rensa.node.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.work.Work;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What answers cost those who make them, whatever peers do with them. */
class AnswersInOrderTest {
    /** An answer of 16 MiB: two fill the bound of all that is being sent. */
    private static final Message LONG = new Message.Bodies(
            List.of(new EncodedBody(MessageSamples.hash("b"), new byte[(int) (AnswersInOrder.MAX_SENDING_BYTES / 2)])));

    private static final Message SHORT = new Message.Pong(1);

    private final Deque<Runnable> timers = new ArrayDeque<>();
    private final List<Message> made = new ArrayList<>();
    private final AnswersInOrder answers = new AnswersInOrder(
            (delayMillis, task) -> {
                timers.add(task);
                return () -> timers.remove(task);
            },
            (work, whenDone) -> whenDone.accept(work.get()),
            (link, question, briefly) -> {
                made.add(question);
                return Optional.of(briefly ? SHORT : LONG);
            });

    @Test
    void shouldAnswerInTheOrderOfAsking() {
        Link link = new Link(1);

        for (int question = 0; question < 3; question++) {
            ask(link, question);
            fire();
            link.queuedBytes = 0;
            fire();
        }

        assertThat(made).containsExactly(new Message.Ping(0), new Message.Ping(1), new Message.Ping(2));
        assertThat(link.taken).hasSize(3);
    }

    @Test
    void shouldMakeNoAnswerBeforeTheLastOneIsNearlyTaken() {
        Link link = new Link(1);
        ask(link, 0);
        ask(link, 1);

        fire();
        assertThat(made).hasSize(1);
        link.queuedBytes = AnswersInOrder.LINK_LOW_BYTES;
        fire();

        assertThat(made).hasSize(2);
    }

    @Test
    void shouldMakeAnAnswerAgainThatTheLinkRefused() {
        Link link = new Link(1);
        link.refuses = true;
        ask(link, 0);
        fire();
        assertThat(made).hasSize(2);

        link.refuses = false;
        fire();

        assertThat(made).hasSize(3);
        assertThat(link.taken).containsExactly(LONG);
    }

    @Test
    void shouldNotMakeARefusedAnswerAgainBeforeThereIsRoom() {
        Link link = new Link(1);
        link.refuses = true;
        link.hasRoom = false;
        ask(link, 0);
        fire();
        fire();
        assertThat(made).hasSize(1);

        link.refuses = false;
        link.hasRoom = true;
        fire();

        assertThat(link.taken).containsExactly(LONG);
    }

    @Test
    void shouldAnswerBrieflyWhileOthersTakeNothing() {
        Link honest = new Link(3);
        ask(new Link(1), 0);
        ask(new Link(2), 0);

        ask(honest, 0);
        assertThat(honest.taken).containsExactly(SHORT);
        honest.queuedBytes = 0;
        answers.disconnected(new Link(1).key());
        fire();
        ask(honest, 1);

        assertThat(honest.taken).containsExactly(SHORT, LONG);
    }

    @Test
    void shouldTakeNoMoreQuestionsThanAnHonestPeerHas() {
        Link link = new Link(1);
        for (int question = 0; question <= AnswersInOrder.MAX_WAITING; question++) {
            assertThat(ask(link, question)).isTrue();
        }

        assertThat(ask(link, 99)).isFalse();
        assertThat(answers.offer(link, new Message.Ping(99), question -> question instanceof Message.Pong))
                .as("those of another kind have a bound of their own")
                .isTrue();
        assertThat(made).hasSize(1);
        AnswersInOrder.refuse(link);
        assertThat(link.gone).isTrue();
    }

    private boolean ask(Link link, long number) {
        return answers.offer(link, new Message.Ping(number), question -> question instanceof Message.Ping);
    }

    /** Runs what waits now, not what comes of it. */
    private void fire() {
        for (int left = timers.size(); left > 0; left--) {
            timers.remove().run();
        }
    }

    /** A peer that takes nothing until it is told to. */
    private static final class Link implements PeerLink {
        private final PeerInfo info;
        private final List<Message> taken = new ArrayList<>();
        private long queuedBytes;
        private boolean refuses;
        private boolean hasRoom = true;
        private boolean gone;

        Link(int number) {
            info = new PeerInfo(
                    new NodeKey(PublicKey.of(
                            ByteBuffer.allocate(PublicKey.LENGTH).putInt(number).array())),
                    "asker",
                    "test",
                    false,
                    new PeerAddress("asker-" + number, 7_400),
                    Optional.empty(),
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
            if (!refuses) {
                taken.add(message);
                queuedBytes += MessageCodec.expectedBytes(message);
            }
            return !refuses;
        }

        @Override
        public long queuedBytes() {
            return queuedBytes;
        }

        @Override
        public boolean hasRoomForAnswers() {
            return hasRoom;
        }

        @Override
        public boolean isPaused() {
            return false;
        }

        @Override
        public void disconnect(Rejection rejection) {
            gone = true;
        }

        @Override
        public void penalise(int points, Rejection rejection) {
            throw new AssertionError("nobody is blamed: " + rejection);
        }
    }
}
