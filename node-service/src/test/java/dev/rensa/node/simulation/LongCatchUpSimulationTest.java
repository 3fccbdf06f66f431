package dev.rensa.node.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.node.chain.Column;
import dev.rensa.node.peer.Message;
import dev.rensa.protocol.block.BlockHeader;
import dev.rensa.protocol.verdict.RejectionReason;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Ways longer than any window, batch or message, and peers that make the most of them. */
class LongCatchUpSimulationTest {

    /** More blocks than are fetched ahead, than a request names and than a message of headers holds. */
    private static final int LONG = 2_300;

    @Test
    void shouldHealAPartitionThatLastedLongerThanTheWindowWithAReorganisationLongerThanABatch() {
        World world = new World(21);
        SimulatedNode left = world.addNode(Mischief.NONE);
        SimulatedNode right = world.addNode(Mischief.NONE);
        mine(left, LONG);
        mine(right, LONG + 1);

        world.network().start();
        world.runFor(60_000);

        assertThat(left.chain().head()).isEqualTo(right.chain().head());
        assertThat(world.observer().deepestReorganisation()).isEqualTo(LONG);
        world.settle();
        world.checkEverything();
    }

    @Test
    void shouldCatchUpFromOneHonestPeerAmongOthersThatWithholdLieStallAndDawdle() {
        World world = new World(22);
        SimulatedNode honest = world.addNode(Mischief.NONE);
        for (Mischief mischief : List.of(
                Mischief.withholding(), Mischief.wrongBodies(), Mischief.stallingAfter(3), Mischief.stalling())) {
            world.addNode(mischief);
        }
        mine(honest, 700);
        world.network().start();
        world.runFor(30_000);

        SimulatedNode late = world.addNode(Mischief.NONE);
        world.runFor(120_000);

        assertThat(late.chain().head()).isEqualTo(honest.chain().head());
        world.settle();
        world.checkEverything();
    }

    @Test
    void shouldStoreNothingOfALongBranchThatShowsTooLittleWorkAndBlameItsMaker() {
        World world = new World(23);
        SimulatedNode node = world.addNode(Mischief.NONE);
        SimulatedNode maker = world.addNode(Mischief.NONE);
        mine(node, 400);
        mine(maker, 200);
        List<BlockHeader> weak =
                maker.chain().headersAfter(List.of(maker.chain().networkHash()), 2_000);
        ScriptedPeer liar = new ScriptedPeer(node, 1, node.chain().head());
        long before = headersStored(node);

        liar.says(new Message.AnnounceTip(weak.getLast(), node.chain().head().work()));
        assertThat(liar.heard(Message.GetHeaders.class)).hasSize(1);
        liar.says(new Message.Headers(weak));

        assertThat(liar.blames()).containsExactly(RejectionReason.UNEXPECTED_MESSAGE);
        assertThat(headersStored(node)).isEqualTo(before);
        assertThat(node.core().progress().ready()).isTrue();
    }

    @Test
    void shouldNotBeDeceivedByOtherHeadersThanThoseThatWereProven() {
        World world = new World(24);
        SimulatedNode node = world.addNode(Mischief.NONE);
        SimulatedNode strong = world.addNode(Mischief.NONE);
        SimulatedNode weak = world.addNode(Mischief.NONE);
        mine(node, LONG);
        mine(strong, LONG + 100);
        mine(weak, 2_000);
        List<BlockHeader> first =
                strong.chain().headersAfter(List.of(strong.chain().networkHash()), 2_000);
        List<BlockHeader> rest =
                strong.chain().headersAfter(List.of(first.getLast().hash()), 2_000);
        ScriptedPeer peer = new ScriptedPeer(node, 1, strong.chain().head());
        peer.heard(Message.GetHeaders.class);
        long before = headersStored(node);

        peer.says(new Message.Headers(first));
        peer.says(new Message.Headers(rest));
        assertThat(peer.heard(Message.GetHeaders.class))
                .last()
                .satisfies(again -> assertThat(again.locator().getFirst())
                        .isEqualTo(node.chain().networkHash()));
        peer.says(new Message.Headers(
                weak.chain().headersAfter(List.of(weak.chain().networkHash()), 2_000)));
        assertThat(headersStored(node)).isEqualTo(before);

        world.runFor(15_000);
        peer.says(new Message.Headers(first));
        peer.says(new Message.Headers(rest));
        peer.says(new Message.Headers(first));
        peer.says(new Message.Headers(rest));

        assertThat(node.chain().bestHeader()).isEqualTo(strong.chain().head());
        assertThat(peer.blames()).isEmpty();
    }

    private static long headersStored(SimulatedNode node) {
        long[] count = {0};
        node.storage().scan(Column.HEADERS, new byte[0], null, (key, value) -> count[0]++);
        return count[0];
    }

    private static void mine(SimulatedNode node, int blocks) {
        for (int block = 0; block < blocks; block++) {
            node.mine();
        }
    }
}
