package dev.rensa.node.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.node.chain.ChainHead;
import dev.rensa.node.chain.Column;
import dev.rensa.node.chain.ModelChain;
import dev.rensa.node.peer.Message;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.block.BlockHeader;
import dev.rensa.protocol.crypto.Hash;
import dev.rensa.protocol.verdict.RejectionReason;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Valid headers in lists that are no branch: each is on top of a known one, but not of the one before it. */
class UnlinkedHeadersTest {

    private static final int FULL = 2_000;

    /** More than the blocks that a branch may be behind for its headers to be stored at once. */
    private static final int LONG = 400;

    private final World world = new World(31);
    private final SimulatedNode node = world.addNode(Mischief.NONE);
    private final ModelChain model = new ModelChain(world.money().genesis());

    @Test
    void shouldBanWhoSendsSiblingsAsABranchAndGoOn() {
        mine(node, LONG);
        Block first = child(model.block0(), 1);
        List<BlockHeader> siblings = new ArrayList<>();
        siblings.add(first.header());
        for (int miner = 2; miner <= 12; miner++) {
            siblings.add(child(first, miner).header());
        }
        siblings.addAll(Collections.nCopies(FULL - siblings.size(), siblings.getLast()));
        ScriptedPeer liar = boaster(siblings.getLast());

        liar.says(new Message.Headers(siblings));
        liar.says(new Message.Headers(List.of(ModelChain.search(onTopOf(siblings.getLast(), 13)))));

        assertThat(liar.blames()).first().isEqualTo(RejectionReason.MALFORMED);
        node.mine();
        assertThat(node.chain().head().height()).isEqualTo(LONG + 1);
    }

    @Test
    void shouldStoreNoCheapHeadersForTheSakeOfOneThatIsWorthIt() {
        mine(node, LONG);
        ChainHead head = node.chain().head();
        List<BlockHeader> mixed = new ArrayList<>();
        mixed.add(ModelChain.search(onTopOf(head.header(), 1)));
        for (int miner = 1; miner <= 20; miner++) {
            mixed.add(child(model.block0(), miner).header());
        }
        long before = headersStored();
        ScriptedPeer liar = boaster(mixed.getFirst());

        liar.says(new Message.Headers(mixed));

        assertThat(liar.blames()).containsExactly(RejectionReason.MALFORMED);
        assertThat(headersStored()).isEqualTo(before);
    }

    @Test
    void shouldStoreNoOthersBesideHeadersThatWereProven() {
        SimulatedNode strong = world.addNode(Mischief.NONE);
        mine(node, FULL + 200);
        mine(strong, FULL + 300);
        List<BlockHeader> first =
                strong.chain().headersAfter(List.of(model.block0().hash()), FULL);
        List<BlockHeader> rest =
                strong.chain().headersAfter(List.of(first.getLast().hash()), FULL);
        List<BlockHeader> cheap = headers(model.mineMany(model.block0(), Money.miner(1), 3));
        List<BlockHeader> mixed = new ArrayList<>(cheap);
        mixed.addAll(first);
        long before = headersStored();
        ScriptedPeer liar = new ScriptedPeer(node, 1, strong.chain().head());

        liar.says(new Message.Headers(first));
        liar.says(new Message.Headers(rest));
        liar.says(new Message.Headers(mixed));

        assertThat(liar.blames()).containsExactly(RejectionReason.MALFORMED);
        assertThat(headersStored()).isEqualTo(before);
    }

    @Test
    void shouldNotBlameWhoseChainChangedWhileItsBranchWasBeingProven() {
        SimulatedNode strong = world.addNode(Mischief.NONE);
        SimulatedNode stronger = world.addNode(Mischief.NONE);
        mine(node, FULL + 200);
        mine(strong, FULL + 300);
        mine(stronger, FULL + 301);
        List<BlockHeader> first =
                strong.chain().headersAfter(List.of(model.block0().hash()), FULL);
        List<BlockHeader> other =
                stronger.chain().headersAfter(List.of(model.block0().hash()), FULL);
        List<BlockHeader> rest =
                stronger.chain().headersAfter(List.of(other.getLast().hash()), FULL);
        ScriptedPeer peer = new ScriptedPeer(node, 1, strong.chain().head());

        peer.says(new Message.Headers(first));
        peer.says(
                new Message.AnnounceTip(rest.getLast(), stronger.chain().head().work()));
        peer.says(new Message.Headers(other));
        assertThat(peer.blames()).isEmpty();
        world.runFor(15_000);
        for (List<BlockHeader> answer : List.of(other, rest, other, rest)) {
            peer.says(new Message.Headers(answer));
        }

        assertThat(peer.blames()).isEmpty();
        assertThat(node.chain().bestHeader()).isEqualTo(stronger.chain().head());
    }

    /** Somebody who says that this is the tip of a branch with as much work as the node's own. */
    private ScriptedPeer boaster(BlockHeader tip) {
        ScriptedPeer peer = new ScriptedPeer(node, 1, node.chain().head());
        BlockHeader unknown = tip.withNonce(tip.nonce() + 1);
        peer.says(new Message.AnnounceTip(
                onTopOf(unknown, 14), node.chain().head().work()));
        assertThat(peer.heard(Message.GetHeaders.class)).hasSize(1);
        return peer;
    }

    private Block child(Block parent, int miner) {
        return model.mine(parent, Money.miner(miner), List.of());
    }

    /** A header without work, and not at a checkpoint. */
    private static BlockHeader onTopOf(BlockHeader parent, int miner) {
        return new BlockHeader(
                parent.height() + 1,
                parent.hash(),
                Block.transactionsRoot(List.of()),
                Hash.ZERO,
                parent.timestampMillis() + 1,
                parent.target(),
                Money.miner(miner),
                0);
    }

    private long headersStored() {
        long[] count = {0};
        node.storage().scan(Column.HEADERS, new byte[0], null, (key, value) -> count[0]++);
        return count[0];
    }

    private static List<BlockHeader> headers(List<Block> blocks) {
        return blocks.stream().map(Block::header).toList();
    }

    private static void mine(SimulatedNode node, int blocks) {
        for (int block = 0; block < blocks; block++) {
            node.mine();
        }
    }
}
