package dev.rensa.node.snapshot;

import static dev.rensa.node.chain.TestNetwork.account;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.node.peer.Message;
import dev.rensa.node.snapshot.SnapshotProgress.State;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The best header commits to a state that its block does not have, as only who has applied the blocks can tell. */
class LyingHeaderTest {
    private static final int HONEST = 0;
    private static final int LIAR = 1;

    private final JoinSource source = new JoinSource(List.of(), height -> account(100 + height));
    private final JoinStory story = new JoinStory(source);

    @Test
    void shouldNotBlameTheTruthOfWhoFollowsAnotherBranch() {
        story.follows(HONEST, source.headers().get(JoinSource.COMMITTED - 1).hash());
        story.hearOf(source.branchThatCommitsTo(JoinStory.someHash()));
        story.come(HONEST);
        assertThat(story.question(HONEST)).containsInstanceOf(Message.GetStateRoots.class);

        story.answerTruly(HONEST);
        story.think();

        assertThat(story.isPresent(HONEST)).isTrue();
        assertThat(story.state()).isEqualTo(State.ROOTS);
    }

    @Test
    void shouldBlameWhoFollowsThatHeaderAndGivesSomethingElse() {
        story.hearOf(source.branchThatCommitsTo(JoinStory.someHash()));
        story.come(LIAR);

        story.say(LIAR, story.truth(LIAR));
        story.think();

        assertThat(story.isPresent(LIAR)).isFalse();
    }
}
