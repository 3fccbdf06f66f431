package dev.rensa.node.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.node.chain.BlockState;
import dev.rensa.node.chain.ChainHead;
import dev.rensa.node.chain.ModelChain;
import dev.rensa.node.peer.EncodedBodies;
import dev.rensa.node.peer.EncodedBody;
import dev.rensa.node.peer.Message;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.block.BlockHeader;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.protocol.verdict.RejectionReason;
import dev.rensa.protocol.work.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What one peer gives as bodies: whom it harms, and that it is blamed for it, at once or later. */
class GivenBodiesTest {

    /** More than are asked for at once. */
    private static final int MANY = 1_200;

    @Test
    void shouldLetNoBodyThatNobodyAskedForDecideHowMuchOthersAreAskedFor() {
        World world = new World(41);
        SimulatedNode node = world.addNode(Mischief.NONE);
        SimulatedNode elsewhere = chainOf(world, MANY);
        ScriptedPeer liar = new ScriptedPeer(node, 1, elsewhere.chain().head());
        liar.says(new Message.Headers(headers(elsewhere)));
        List<BlockHash> asked = liar.heard(Message.GetBodies.class).getFirst().hashes();
        EncodedBody answer = body(elsewhere, asked.getFirst());
        EncodedBody unasked = new EncodedBody(elsewhere.chain().networkHash(), new byte[4 << 20]);

        liar.says(new Message.Bodies(List.of(answer, unasked)));
        liar.leaves();
        ScriptedPeer honest = new ScriptedPeer(node, 2, elsewhere.chain().head());

        assertThat(liar.blames()).containsExactly(RejectionReason.UNEXPECTED_MESSAGE);
        assertThat(honest.heard(Message.GetBodies.class).getFirst().hashes()).hasSizeGreaterThan(100);
    }

    @Test
    void shouldBlameForBodiesThatComeTwiceOrInAnotherOrder() {
        World world = new World(42);
        SimulatedNode elsewhere = chainOf(world, 3);
        List<Function<List<BlockHash>, List<BlockHash>>> answers =
                List.of(asked -> List.of(asked.get(0), asked.get(0)), asked -> List.of(asked.get(1), asked.get(0)));
        for (Function<List<BlockHash>, List<BlockHash>> answer : answers) {
            SimulatedNode node = world.addNode(Mischief.NONE);
            ScriptedPeer peer = new ScriptedPeer(node, 1, elsewhere.chain().head());
            peer.says(new Message.Headers(headers(elsewhere)));
            List<BlockHash> asked =
                    peer.heard(Message.GetBodies.class).getFirst().hashes();

            peer.says(new Message.Bodies(answer.apply(asked).stream()
                    .map(hash -> body(elsewhere, hash))
                    .toList()));

            assertThat(peer.blames()).containsExactly(RejectionReason.UNEXPECTED_MESSAGE);
            assertThat(node.chain().head().height()).isZero();
        }
    }

    @Test
    void shouldBlameForABlockThatHadToWaitForAStateRootBeforeItWasFoundInvalid() {
        World world = new World(43);
        world.runFor(120_000);
        SimulatedNode node = world.backgroundTakes(5_000).addNode(Mischief.NONE);
        ModelChain model = new ModelChain(world.money().genesis());
        List<Block> blocks = new ArrayList<>(model.mineMany(model.block0(), Money.miner(0), 9));
        Work work = model.node(blocks.getLast().hash()).work();
        Transaction unfunded = world.money()
                .sign(Money.account(Money.FUNDED), 0, Money.account(0).publicKey(), 1, 10, 0);
        Block bad = model.mineBroken(blocks.getLast(), Money.miner(0), List.of(unfunded), header -> header);
        blocks.add(bad);
        ScriptedPeer peer = new ScriptedPeer(
                node,
                1,
                new ChainHead(
                        bad.hash(),
                        bad.header(),
                        work.plus(Work.ofTarget(bad.header().target()))));

        peer.says(new Message.Headers(blocks.stream().map(Block::header).toList()));
        for (Message.GetBodies question : peer.heard(Message.GetBodies.class)) {
            peer.says(new Message.Bodies(question.hashes().stream()
                    .map(hash -> blocks.stream()
                            .filter(block -> block.hash().equals(hash))
                            .findFirst()
                            .orElseThrow())
                    .map(block -> EncodedBodies.of(block.hash(), block.transactions()))
                    .toList()));
        }
        assertThat(node.chain().find(bad.hash()).orElseThrow().state()).isEqualTo(BlockState.BODY_STORED);
        assertThat(node.chain().waitsForStateRoot()).isTrue();
        assertThat(peer.blames()).isEmpty();
        world.runFor(30_000);

        assertThat(node.chain().head().height()).isEqualTo(9);
        assertThat(peer.blames()).containsExactly(RejectionReason.INVALID_TRANSACTION);
    }

    private static SimulatedNode chainOf(World world, int blocks) {
        SimulatedNode node = world.addNode(Mischief.NONE);
        for (int block = 0; block < blocks; block++) {
            node.mine();
        }
        return node;
    }

    private static List<BlockHeader> headers(SimulatedNode node) {
        return node.chain().headersAfter(List.of(node.chain().networkHash()), 2_000);
    }

    private static EncodedBody body(SimulatedNode node, BlockHash hash) {
        return new EncodedBody(hash, node.chain().storedBody(hash).orElseThrow());
    }
}
