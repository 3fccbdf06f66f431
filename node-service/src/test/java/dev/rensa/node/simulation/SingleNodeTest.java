package dev.rensa.node.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.node.chain.ChainHead;
import dev.rensa.node.mempool.Admission;
import dev.rensa.node.peer.EncodedBodies;
import dev.rensa.node.peer.Message;
import dev.rensa.node.peer.PeerAddress;
import dev.rensa.node.peer.ShortIds;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.block.BlockHeader;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.PrivateKey;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.protocol.verdict.RejectionReason;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One node and peers that follow a script: what it says to them, and whom it blames for what. */
class SingleNodeTest {

    private static final PrivateKey RICH = Money.account(0);
    private static final PrivateKey POOR = Money.account(Money.FUNDED);
    private static final PublicKey ANYONE = Money.account(1).publicKey();
    private static final long COIN = 100_000_000;

    private final World world = new World(1);
    private final SimulatedNode node = world.addNode(Mischief.NONE);

    /** Knows the same rules and blocks, and gives a test what peers could have. */
    private final SimulatedNode elsewhere = world.addNode(Mischief.NONE);

    @Test
    void shouldAnnounceATransactionOnceToWhoDoesNotHaveIt() {
        ScriptedPeer giver = peer(1);
        ScriptedPeer other = peer(2);
        Transaction transaction = transfer(RICH, 0, ANYONE, COIN);

        giver.says(new Message.Transactions(List.of(transaction)));
        world.runFor(5_000);

        assertThat(other.heard(Message.AnnounceTransactions.class))
                .containsExactly(new Message.AnnounceTransactions(ShortIds.of(List.of(transaction.id()))));
        assertThat(giver.heard(Message.AnnounceTransactions.class)).isEmpty();
    }

    @Test
    void shouldAskOneAnnouncerAndThenTheNext() {
        ScriptedPeer first = peer(1);
        ScriptedPeer second = peer(2);
        var id = transfer(RICH, 0, ANYONE, COIN).id();

        first.says(new Message.AnnounceTransactions(ShortIds.of(List.of(id))));
        second.says(new Message.AnnounceTransactions(ShortIds.of(List.of(id))));
        assertThat(first.heard(Message.GetTransactions.class)).hasSize(1);
        assertThat(second.heard(Message.GetTransactions.class)).isEmpty();
        world.runFor(3_000);

        assertThat(second.heard(Message.GetTransactions.class)).hasSize(1);
    }

    @Test
    void shouldStillGiveATransactionThatWasMinedMeanwhile() {
        ScriptedPeer peer = peer(1);
        Transaction transaction = transfer(RICH, 0, ANYONE, COIN);
        submit(transaction);
        world.runFor(5_000);

        node.mine();
        peer.says(new Message.GetTransactions(ShortIds.of(List.of(transaction.id()))));

        assertThat(peer.heard(Message.Transactions.class))
                .containsExactly(new Message.Transactions(List.of(transaction)));
    }

    @Test
    void shouldBlameForAForgedSignatureButNotForWhatDependsOnTheHead() {
        ScriptedPeer peer = peer(1);

        peer.says(new Message.Transactions(List.of(transfer(POOR, 0, ANYONE, COIN))));
        submit(transfer(RICH, 0, ANYONE, COIN));
        node.mine();
        peer.says(new Message.Transactions(List.of(transfer(RICH, 0, ANYONE, 2 * COIN))));
        assertThat(peer.blames()).isEmpty();

        peer.says(new Message.Transactions(List.of(Mischief.forge(transfer(RICH, 1, ANYONE, COIN)))));
        assertThat(peer.blames()).containsExactly(RejectionReason.INVALID_SIGNATURE);
    }

    @Test
    void shouldTakeATransferThatOvertookTheBlockWhichFundsIt() {
        ScriptedPeer peer = peer(1);
        Transaction early = transfer(POOR, 0, ANYONE, COIN);
        peer.says(new Message.Transactions(List.of(early)));
        assertThat(node.mempool().contains(early.id())).isFalse();

        submit(transfer(RICH, 0, POOR.publicKey(), 5 * COIN));
        node.mine();
        node.letItThink();

        assertThat(node.mempool().contains(early.id())).isTrue();
    }

    @Test
    void shouldTellTransactionsToAPeerOnlyOnceItIsNearTheHead() {
        ChainHead genesis = node.chain().head();
        for (int block = 0; block < 50; block++) {
            node.mine();
        }
        ScriptedPeer behind = new ScriptedPeer(node, 1, genesis);
        submit(transfer(RICH, 0, ANYONE, COIN));
        world.runFor(1_000);
        assertThat(behind.heard(Message.AnnounceTransactions.class)).isEmpty();

        ChainHead head = node.chain().head();
        behind.says(new Message.AnnounceTip(head.header(), head.work()));
        world.runFor(1_000);

        assertThat(behind.heard(Message.AnnounceTransactions.class)).hasSize(1);
    }

    @Test
    void shouldTellAPeerThatDoesNotRelayTheNewTipAlone() {
        ScriptedPeer peer = distantPeer(1);
        peer.heard(Message.AnnounceTip.class);

        node.mine();

        ChainHead head = node.chain().head();
        assertThat(peer.heard(Message.AnnounceTip.class))
                .containsExactly(new Message.AnnounceTip(head.header(), head.work()));
    }

    @Test
    void shouldAnswerEveryQuestionEvenWithNothing() {
        ScriptedPeer peer = peer(1);
        node.mine();
        BlockHash known = node.chain().head().hash();
        BlockHash unknown = BlockHash.fromHex("ab".repeat(32));

        peer.says(new Message.GetBodies(List.of(unknown)));
        peer.says(new Message.GetBodies(List.of(unknown, known)));
        peer.says(new Message.GetHeaders(List.of(known)));
        peer.says(new Message.GetHeaders(List.of(node.chain().networkHash())));

        assertThat(peer.heard(Message.Bodies.class))
                .containsExactly(
                        new Message.Bodies(List.of()), new Message.Bodies(List.of(EncodedBodies.of(known, List.of()))));
        assertThat(peer.heard(Message.Headers.class))
                .extracting(answer -> answer.headers().size())
                .containsExactly(0, 1);
    }

    @Test
    void shouldAnswerLaterWhenTheLinkIsFull() {
        ScriptedPeer peer = peer(1);
        peer.takesNoMore(true);
        peer.says(new Message.GetHeaders(List.of(node.chain().networkHash())));
        world.runFor(1_000);

        peer.takesNoMore(false);
        world.runFor(1_000);

        assertThat(peer.heard(Message.Headers.class)).hasSize(1);
    }

    @Test
    void shouldNotGiveAwayABlockThatItNeverConnected() {
        ScriptedPeer peer = peer(1);
        Block aside = mineElsewhere(1).getFirst();
        node.mine();
        node.mine();

        node.chain().acceptBlock(aside, world.schedule().nowMillis());
        peer.says(new Message.GetBodies(List.of(aside.hash())));

        assertThat(node.chain().block(aside.hash())).isPresent();
        assertThat(peer.heard(Message.Bodies.class)).containsExactly(new Message.Bodies(List.of()));
    }

    @Test
    void shouldFetchAnAnnouncedBlockAndBlameForAWrongBody() {
        elsewhere.core().submit(List.of(transfer(RICH, 0, ANYONE, COIN)), admissions -> {});
        Block block = mineElsewhere(1).getFirst();
        ScriptedPeer liar = peer(1);
        liar.says(announcement(block));
        assertThat(liar.heard(Message.GetBodies.class)).containsExactly(new Message.GetBodies(List.of(block.hash())));

        liar.says(new Message.Bodies(List.of(EncodedBodies.of(block.hash(), List.of()))));
        assertThat(liar.blames()).containsExactly(RejectionReason.WRONG_TRANSACTIONS_ROOT);

        ScriptedPeer honest = peer(2);
        honest.says(announcement(block));
        honest.says(new Message.Bodies(List.of(EncodedBodies.of(block))));
        assertThat(node.chain().head().hash()).isEqualTo(block.hash());
    }

    @Test
    void shouldAskSomebodyElseWhenAPeerDoesNotAnswerAndLetItGoInTheEnd() {
        Block block = mineElsewhere(1).getFirst();
        ScriptedPeer silent = peer(1);
        ScriptedPeer other = peer(2);
        silent.says(announcement(block));
        other.says(announcement(block));
        assertThat(other.heard(Message.GetBodies.class)).isEmpty();

        world.runFor(5_000);
        assertThat(other.heard(Message.GetBodies.class)).hasSize(1);
        assertThat(silent.goodbye()).isEmpty();

        world.runFor(90_000);
        assertThat(silent.goodbye()).contains(RejectionReason.TIMED_OUT);
    }

    @Test
    void shouldGoOnByItselfWhileBodiesAreWithheldAndFollowThemWhenTheyCome() {
        List<Block> blocks = mineElsewhere(40);
        ScriptedPeer withholding = peer(1);
        withholding.says(announcement(blocks.getLast()));
        withholding.says(new Message.Headers(blocks.stream().map(Block::header).toList()));
        assertThat(node.chain().bestHeader().hash()).isEqualTo(blocks.getLast().hash());
        assertThat(node.core().progress().ready()).isFalse();

        haveNothing(withholding, 50);
        assertThat(node.core().progress().ready()).isFalse();
        haveNothing(withholding, 20);
        assertThat(node.core().progress().ready()).isTrue();
        assertThat(node.core().progress().withheld()).isTrue();
        node.mine();
        haveNothing(withholding, 5);
        assertThat(node.core().progress().ready()).isTrue();

        ScriptedPeer honest = peer(2);
        honest.says(announcement(blocks.getLast()));
        for (int second = 0; second < 30; second++) {
            for (Message.GetBodies question : honest.heard(Message.GetBodies.class)) {
                honest.says(new Message.Bodies(blocks.stream()
                        .filter(block -> question.hashes().contains(block.hash()))
                        .map(EncodedBodies::of)
                        .toList()));
            }
            haveNothing(withholding, 1);
        }
        assertThat(node.chain().head().hash()).isEqualTo(blocks.getLast().hash());
        assertThat(node.core().progress().ready()).isTrue();
        assertThat(node.core().progress().withheld()).isFalse();
        assertThat(withholding.blames()).isEmpty();
    }

    /** For so many seconds a peer answers every question for bodies, and always that it has none. */
    private void haveNothing(ScriptedPeer peer, int seconds) {
        for (int second = 0; second < seconds; second++) {
            peer.heard(Message.GetBodies.class).forEach(question -> peer.says(new Message.Bodies(List.of())));
            world.runFor(1_000);
        }
    }

    @Test
    void shouldWaitForABlockFromTheFutureAndThenTakeIt() {
        ScriptedPeer peer = peer(1);
        BlockHeader header = futureHeader(40_000);
        Block block = new Block(header, List.of());

        peer.says(announcement(block));
        world.runFor(10_000);
        assertThat(node.chain().find(block.hash())).isEmpty();
        assertThat(peer.blames()).isEmpty();
        int questions = peer.heard(Message.GetHeaders.class).size();
        assertThat(questions).isLessThan(10);
        world.runFor(20_000);
        peer.says(new Message.Headers(List.of(header)));

        assertThat(node.chain().find(block.hash())).isPresent();
    }

    @Test
    void shouldTellPeersOfOneAnother() {
        ScriptedPeer first = peer(1);
        ScriptedPeer second = peer(2);

        assertThat(first.heard(Message.Peers.class))
                .containsExactly(new Message.Peers(List.of(new PeerAddress("scripted-2", 7_000))));
        assertThat(second.heard(Message.Peers.class))
                .containsExactly(new Message.Peers(List.of(new PeerAddress("scripted-1", 7_000))));
    }

    @Test
    void shouldCheckEverySignatureOnce() {
        ScriptedPeer peer = peer(1);
        Transaction transaction = transfer(RICH, 0, ANYONE, COIN);
        elsewhere.core().submit(List.of(transaction), admissions -> {});
        Block block = mineElsewhere(1).getFirst();
        peer.says(new Message.Transactions(List.of(transaction)));
        int checked = node.signatureChecks();

        peer.says(new Message.Transactions(List.of(transaction)));
        peer.says(announcement(block));
        peer.says(new Message.Bodies(List.of(EncodedBodies.of(block))));

        assertThat(node.chain().head().hash()).isEqualTo(block.hash());
        assertThat(node.signatureChecks()).isEqualTo(checked).isEqualTo(1);
    }

    @Test
    void shouldForgetAPeerThatLeaves() {
        ScriptedPeer peer = peer(1);
        assertThat(node.core().peers()).hasSize(1);

        peer.leaves();

        assertThat(node.core().peers()).isEmpty();
        peer.says(new Message.Headers(List.of()));
        assertThat(peer.blames()).isEmpty();
    }

    private ScriptedPeer peer(int number) {
        return new ScriptedPeer(node, number, node.chain().head());
    }

    /** One so far behind that nothing is relayed to it. */
    private ScriptedPeer distantPeer(int number) {
        ChainHead head = node.chain().head();
        for (int block = 0; block < 20; block++) {
            node.mine();
        }
        return new ScriptedPeer(node, number, head);
    }

    private void submit(Transaction transaction) {
        node.core()
                .submit(
                        List.of(transaction),
                        admissions -> assertThat(admissions).containsExactly(new Admission.Pending()));
    }

    private Transaction transfer(PrivateKey from, long nonce, PublicKey to, long amount) {
        return world.money().sign(from, nonce, to, amount, 10, 0);
    }

    private List<Block> mineElsewhere(int count) {
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            elsewhere.mine();
            blocks.add(elsewhere.chain().block(elsewhere.chain().head().hash()).orElseThrow());
        }
        return blocks;
    }

    private Message.AnnounceTip announcement(Block block) {
        return new Message.AnnounceTip(block.header(), elsewhere.chain().head().work());
    }

    private BlockHeader futureHeader(long aheadMillis) {
        elsewhere.mine();
        BlockHeader mined = elsewhere.chain().head().header();
        BlockHeader header = new BlockHeader(
                mined.height(),
                mined.parent(),
                mined.transactionsRoot(),
                mined.stateRoot(),
                mined.timestampMillis() + aheadMillis,
                mined.target(),
                mined.miner(),
                0);
        while (!header.target().isMetBy(header.hash())) {
            header = header.withNonce(header.nonce() + 1);
        }
        return header;
    }
}
