package dev.rensa.node.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.node.peer.Message;
import dev.rensa.protocol.crypto.Hash;
import dev.rensa.protocol.money.Amount;
import dev.rensa.protocol.state.AccountState;
import dev.rensa.protocol.state.StateBucket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever pays to many keys that begin alike makes a bucket that no message holds: it comes in parts. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LargeBucketTest {
    private static final int BUCKET = JoinSource.LARGE_BUCKET;
    private static final int PARTS = JoinSource.LARGE_PARTS;
    private static final int LIAR = 0;
    private static final int SLOW = LIAR;

    private final JoinSource source = JoinSource.withLargeBucket();

    private JoinStory story = new JoinStory(source);

    /** Ways to be wrong about the second of three parts. */
    enum Lie {
        OTHER_ACCOUNTS {
            @Override
            Message.StateChunk tell(Message.StateChunk truth) {
                List<AccountState> accounts =
                        new ArrayList<>(truth.buckets().getFirst().accounts());
                AccountState first = accounts.getFirst();
                accounts.set(0, new AccountState(first.key(), Amount.ofMon(1_000_000), first.nextNonce()));
                return with(truth, accounts, truth.part(), truth.partRoots());
            }
        },
        AN_ACCOUNT_LESS_AND_ITS_ROOT {
            @Override
            Message.StateChunk tell(Message.StateChunk truth) {
                List<AccountState> accounts = truth.buckets().getFirst().accounts();
                List<AccountState> fewer = accounts.subList(1, accounts.size());
                List<Hash> roots = new ArrayList<>(truth.partRoots());
                roots.set(truth.part(), new StateBucket(fewer).root());
                return with(truth, fewer, truth.part(), roots);
            }
        },
        THE_LAST {
            @Override
            Message.StateChunk tell(Message.StateChunk truth) {
                return with(
                        truth,
                        truth.buckets().getFirst().accounts(),
                        truth.part(),
                        truth.partRoots().subList(0, truth.part() + 1));
            }
        },
        ANOTHER_PART {
            @Override
            Message.StateChunk tell(Message.StateChunk truth) {
                return with(truth, truth.buckets().getFirst().accounts(), truth.part() - 1, truth.partRoots());
            }
        },
        WHOLE {
            @Override
            Message.StateChunk tell(Message.StateChunk truth) {
                return new Message.StateChunk(truth.block(), truth.first(), truth.buckets());
            }
        };

        abstract Message.StateChunk tell(Message.StateChunk truth);

        static Message.StateChunk with(
                Message.StateChunk truth, List<AccountState> accounts, int part, List<Hash> roots) {
            return new Message.StateChunk(
                    truth.block(), truth.first(), List.of(new StateBucket(accounts)), part, roots);
        }
    }

    @BeforeEach
    void begin() {
        story = new JoinStory(source);
    }

    @Test
    void shouldJoinThoughABucketDoesNotFitIntoAMessage() {
        story.endHonestly();

        assertThat(story.baseHeight()).isPositive();
        story.requireTruth();
    }

    @Test
    void shouldGoOnWithTheNextPartAtSomebodyElse() {
        story.come(LIAR);
        askForPart(1);
        story.answerTruly(LIAR);
        story.think();
        story.leave(LIAR);
        story.come(1);

        assertThat(story.question(1))
                .hasValueSatisfying(question ->
                        assertThat(((Message.GetStateChunk) question).part()).isEqualTo(2));
        story.endHonestly();
        story.requireTruth();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, PARTS - 1})
    void shouldGoOnBehindAKillWithAPartUnderWay(int part) {
        story.come(LIAR);
        askForPart(part);
        story.answerTruly(LIAR);

        story.kill();
        story.endHonestly();

        assertThat(story.baseHeight()).isPositive();
        story.requireTruth();
    }

    @ParameterizedTest
    @EnumSource
    void shouldBlameWhoGivesAFalsePart(Lie lie) {
        story.come(LIAR);
        askForPart(1);

        story.say(LIAR, lie.tell((Message.StateChunk) story.truth(LIAR)));
        story.think();
        story.pass(0);

        assertThat(story.isPresent(LIAR)).isFalse();
    }

    @Test
    void shouldNotBlameWhoGivesAPartThatAnotherGaveMeanwhile() {
        story.come(SLOW);
        askForPart(1);
        story.pass(JoinQuestions.TIMEOUT_MILLIS);
        story.come(1);
        assertThat(partsAsked(1)).containsExactly(1);
        story.answerTruly(1);
        story.think();

        story.answerTruly(SLOW);
        story.think();

        assertThat(story.isPresent(SLOW)).isTrue();
        story.endHonestly();
        story.requireTruth();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, PARTS - 1})
    void shouldLeaveABucketWholeWhenAPartOfItComesLate(int part) {
        story.come(SLOW);
        askForPart(part);
        story.pass(JoinQuestions.TIMEOUT_MILLIS);
        story.come(1);
        while (!partsAsked(1).isEmpty()) {
            story.answerTruly(1);
            story.think();
        }

        story.answerTruly(SLOW);
        story.think();

        assertThat(story.isPresent(SLOW)).isTrue();
        story.endHonestly();
        assertThat(story.baseHeight()).isPositive();
        story.requireTruth();
    }

    @Test
    void shouldAskNobodyElseWhileTheSecondOneAskedMayStillAnswer() {
        story.come(SLOW);
        askForPart(1);
        story.pass(JoinQuestions.TIMEOUT_MILLIS);
        story.come(1);
        assertThat(partsAsked(1)).containsExactly(1);

        story.leave(SLOW);
        story.come(2);

        assertThat(partsAsked(2)).isEmpty();
    }

    /** The part of the large bucket that a peer is asked for first, if it is asked for one. */
    private List<Integer> partsAsked(int who) {
        return story
                .question(who)
                .filter(Message.GetStateChunk.class::isInstance)
                .map(Message.GetStateChunk.class::cast)
                .filter(chunk -> chunk.first() == BUCKET)
                .map(Message.GetStateChunk::part)
                .stream()
                .toList();
    }

    /** Answers truly until a part is asked for. */
    private void askForPart(int part) {
        for (int answers = 0; answers < 200; answers++) {
            if (partsAsked(LIAR).contains(part)) {
                return;
            }
            story.answerTruly(LIAR);
            story.think();
        }
        throw new AssertionError("part " + part + " was never asked for");
    }
}
