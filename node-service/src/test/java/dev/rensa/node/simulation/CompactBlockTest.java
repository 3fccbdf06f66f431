package dev.rensa.node.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.node.gossip.ShortIdKey;
import dev.rensa.node.peer.EncodedBodies;
import dev.rensa.node.peer.Message;
import dev.rensa.node.peer.ShortIds;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.PrivateKey;
import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.protocol.verdict.RejectionReason;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What peers can do to the compact form of a block that others give too. */
class CompactBlockTest {

    private static final PrivateKey RICH = Money.account(0);
    private static final long COIN = 100_000_000;
    private static final long SALT = 77;

    private final World world = new World(1);
    private final SimulatedNode node = world.addNode(Mischief.NONE);

    /** Mines the blocks that peers give. */
    private final SimulatedNode elsewhere = world.addNode(Mischief.NONE);

    @Test
    void shouldKeepAnAttemptForAPeerThatItDialled() {
        List<ScriptedPeer> silent =
                Stream.of(1, 2, 3).map(number -> peer(number, false)).toList();
        ScriptedPeer dialled = peer(4, true);
        Block block = mineElsewhere(transfer(0));

        silent.forEach(peer -> peer.says(compact(block)));
        assertThat(silent)
                .filteredOn(
                        peer -> !peer.heard(Message.GetBlockTransactions.class).isEmpty())
                .hasSize(2);
        dialled.says(compact(block));
        dialled.says(new Message.BlockTransactions(block.hash(), block.transactions()));

        assertThat(node.chain().head().hash()).isEqualTo(block.hash());
    }

    @Test
    void shouldNotWaitAgainForWhoLetAQuestionsTimePass() {
        ScriptedPeer silent = peer(1, false);
        Block first = mineElsewhere(transfer(0));
        silent.says(compact(first));
        world.runFor(2_500);
        silent.says(new Message.Bodies(List.of(EncodedBodies.of(first.hash(), first.transactions()))));
        assertThat(silent.heard(Message.GetBlockTransactions.class)).hasSize(1);

        Block second = mineElsewhere(transfer(1));
        silent.says(compact(second));

        assertThat(silent.heard(Message.GetBlockTransactions.class)).isEmpty();
        assertThat(silent.heard(Message.GetBodies.class)).contains(new Message.GetBodies(List.of(second.hash())));
    }

    /** Two at a time, one beginning before the other's time is over, and each under a new key. */
    @Test
    void shouldFetchABlockWholeThatSomePeersTryWithoutEnd() {
        ScriptedPeer honest = peer(1, false);
        Block block = mineElsewhere(transfer(0));
        List<Message.GetBodies> asked = new ArrayList<>();

        for (int number = 2; number < 10 && asked.isEmpty(); number++) {
            peer(number, false).says(form(block, ShortIds.of(number), List.of()));
            honest.says(number == 2 ? new Message.WantRelay(false) : compact(block));
            world.runFor(1_000);
            asked.addAll(honest.heard(Message.GetBodies.class));
        }

        assertThat(asked).containsExactly(new Message.GetBodies(List.of(block.hash())));
        honest.says(new Message.Bodies(List.of(EncodedBodies.of(block.hash(), block.transactions()))));
        assertThat(node.chain().head().hash()).isEqualTo(block.hash());
        assertThat(honest.blames()).isEmpty();
    }

    @Test
    void shouldTryAPeersFormOfABlockOnce() {
        ScriptedPeer first = peer(1, false);
        ScriptedPeer second = peer(2, false);
        Block block = mineElsewhere(transfer(0));
        first.says(compact(block));
        second.says(compact(block));

        second.says(new Message.BlockTransactions(block.hash(), List.of()));
        second.says(compact(block));
        peer(3, false).says(compact(block));

        assertThat(second.heard(Message.GetBlockTransactions.class)).hasSize(1);
        first.says(new Message.BlockTransactions(block.hash(), block.transactions()));
        assertThat(node.chain().head().hash()).isEqualTo(block.hash());
    }

    @Test
    void shouldTakeAnotherPeersFormWhenOneNamesAnIdTwice() {
        ScriptedPeer liar = peer(1, false);
        ScriptedPeer honest = peer(2, false);
        node.core().submit(List.of(transfer(0)), admissions -> {});
        Block block = mineElsewhere(transfer(0));

        liar.says(form(block, ShortIds.of(5, 5), List.of()));
        honest.says(compact(block));

        assertThat(node.chain().head().hash()).isEqualTo(block.hash());
        assertThat(liar.blames()).containsExactly(RejectionReason.NOT_CANONICAL);
        assertThat(honest.blames()).isEmpty();
    }

    /** Nothing was admitted: who announced the transaction is still asked for it. */
    @Test
    void shouldWantATransactionThatCameWithABlockThatDoesNotStand() {
        ScriptedPeer slow = peer(1, false);
        ScriptedPeer other = peer(2, false);
        ScriptedPeer liar = peer(3, false);
        Transaction wanted = transfer(1);
        ShortIds announced = ShortIds.of(wanted.id().prefix());
        slow.says(new Message.AnnounceTransactions(announced));
        other.says(new Message.AnnounceTransactions(announced));
        Block block = mineElsewhere(transfer(0), wanted);

        liar.says(form(block, ShortIds.of(5), List.of(new Message.Prefilled(1, wanted))));
        world.runFor(3_500);

        assertThat(other.heard(Message.GetTransactions.class)).containsExactly(new Message.GetTransactions(announced));
    }

    @Test
    void shouldGiveTransactionsForSoManyQuestionsAtOnceOnly() {
        ScriptedPeer greedy = peer(1, false);
        node.core().submit(List.of(transfer(0)), admissions -> {});
        node.mine();
        BlockHash mined = node.chain().head().hash();

        for (int i = 0; i < 9; i++) {
            node.core().received(greedy, new Message.GetBlockTransactions(mined, List.of(0)));
        }

        assertThat(greedy.heard(Message.BlockTransactions.class))
                .as("the ninth, at once")
                .containsExactly(new Message.BlockTransactions(mined, List.of()));
        for (int i = 0; i < 8; i++) {
            node.letItThink();
        }
        assertThat(greedy.heard(Message.BlockTransactions.class))
                .hasSize(8)
                .allMatch(answer -> answer.transactions().size() == 1);
    }

    private ScriptedPeer peer(int number, boolean dialled) {
        return new ScriptedPeer(node, number, node.chain().head(), dialled);
    }

    private Transaction transfer(long nonce) {
        return world.money().sign(RICH, nonce, Money.account(1).publicKey(), COIN, 10, 0);
    }

    private Block mineElsewhere(Transaction... transactions) {
        for (Transaction transaction : transactions) {
            elsewhere.core().submit(List.of(transaction), admissions -> {});
        }
        elsewhere.mine();
        return elsewhere.chain().block(elsewhere.chain().head().hash()).orElseThrow();
    }

    private Message.CompactBlock compact(Block block) {
        ShortIdKey key = ShortIdKey.of(block.hash(), SALT);
        long[] ids = block.transactions().stream()
                .mapToLong(transaction -> key.shortId(transaction.id()))
                .toArray();
        return form(block, ShortIds.of(ids), List.of());
    }

    private Message.CompactBlock form(Block block, ShortIds ids, List<Message.Prefilled> prefilled) {
        return new Message.CompactBlock(block.header(), elsewhere.chain().head().work(), SALT, ids, prefilled);
    }
}
