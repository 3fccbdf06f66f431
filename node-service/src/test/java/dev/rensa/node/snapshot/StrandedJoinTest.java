package dev.rensa.node.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.node.peer.Message;
import dev.rensa.node.snapshot.SnapshotProgress.State;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An import that has begun when all who kept the state lose it. */
class StrandedJoinTest {
    private static final int PEER = 0;
    private static final long STEP_MILLIS = 5_000;

    private final JoinStory story = new JoinStory();

    @Test
    void shouldGoBackToBlock0WhenNobodyGivesTheRest() {
        beginImport();

        for (long passed = 0; passed <= SnapshotJoin.STRANDED_MILLIS; passed += STEP_MILLIS) {
            haveNothing();
            story.pass(STEP_MILLIS);
        }
        for (int step = 0; step < 1_100 && story.state() == State.RETURNING; step++) {
            story.pass(1);
        }

        assertThat(story.state()).isEqualTo(State.NONE);
        assertThat(story.baseHeight()).isZero();
        assertThat(story.hasAccountsOfBlock0()).isTrue();
        story.requireTruth();
    }

    @Test
    void shouldWaitForAPeerAsLongAsItTakes() {
        beginImport();
        story.leave(PEER);

        for (long passed = 0; passed <= 2 * SnapshotJoin.STRANDED_MILLIS; passed += STEP_MILLIS) {
            story.pass(STEP_MILLIS);
        }

        assertThat(story.state()).isEqualTo(State.CHUNKS);
        story.endHonestly();
        assertThat(story.baseHeight()).isPositive();
        story.requireTruth();
    }

    /** Roots, and chunks until some account is another one. */
    private void beginImport() {
        story.come(PEER);
        for (int answer = 0; answer < 60 && story.hasAccountsOfBlock0(); answer++) {
            story.answerTruly(PEER);
            story.think();
        }
        assertThat(story.state()).isEqualTo(State.CHUNKS);
        assertThat(story.hasAccountsOfBlock0()).isFalse();
    }

    private void haveNothing() {
        while (story.question(PEER).orElse(null) instanceof Message.GetStateChunk chunk) {
            story.say(PEER, new Message.StateChunk(chunk.block(), chunk.first(), List.of()));
            story.think();
        }
        if (story.question(PEER).orElse(null) instanceof Message.GetStateRoots roots) {
            story.say(PEER, new Message.StateRoots(roots.block(), List.of()));
        }
    }
}
