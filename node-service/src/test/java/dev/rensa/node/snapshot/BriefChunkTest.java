package dev.rensa.node.snapshot;

import static dev.rensa.node.chain.TestNetwork.account;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.node.chain.BackgroundWork;
import dev.rensa.node.peer.Message;
import dev.rensa.node.peer.MessageLimits;
import dev.rensa.protocol.crypto.BlockHash;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a joiner gets while others leave untaken what they asked for. */
class BriefChunkTest {
    private static final long NOW = JoinSource.NOW;

    /** Their answers, 2 MiB each, are more than what may be on its way before answers become short. */
    private static final int IDLE = 17;

    @Test
    void shouldHoldManySmallBucketsAllTheSame() {
        JoinSource source = new JoinSource(List.of(), height -> account(100 + height));
        SnapshotServer server = new SnapshotServer(source.chain(), new StoryTimers(NOW), BackgroundWork.AT_ONCE);
        BlockHash block = source.chain().committedStates().getFirst().state().block();
        for (int number = 0; number < IDLE; number++) {
            JoinStranger idle = new JoinStranger(number);
            idle.takesNothing();
            server.asked(idle, new Message.GetStateRoots(block));
        }
        JoinStranger honest = new JoinStranger(IDLE);

        server.asked(honest, new Message.GetStateChunk(block, 0, MessageLimits.MAX_CHUNK_BUCKETS, 0));

        assertThat(((Message.StateChunk) honest.takeTruth()).buckets()).hasSize(MessageLimits.MAX_CHUNK_BUCKETS);
    }
}
