package dev.rensa.node.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.node.chain.ChainHead;
import dev.rensa.node.gossip.RelayListener.CompactOutcome;
import dev.rensa.node.gossip.ShortIdKey;
import dev.rensa.node.peer.EncodedBodies;
import dev.rensa.node.peer.Message;
import dev.rensa.node.peer.ShortIds;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.PrivateKey;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.protocol.verdict.RejectionReason;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** One node that relays transactions and compact blocks with peers that follow a script. */
class RelayTest {

    private static final PrivateKey RICH = Money.account(0);
    private static final PrivateKey POOR = Money.account(Money.FUNDED);
    private static final PublicKey ANYONE = Money.account(1).publicKey();
    private static final long COIN = 100_000_000;
    private static final long SALT = 77;

    private final World world = new World(1);
    private final SimulatedNode node = world.addNode(Mischief.NONE);

    /** Mines the blocks that peers give. */
    private final SimulatedNode elsewhere = world.addNode(Mischief.NONE);

    @Test
    void shouldRelayOnAFewLinksOnlyAndOnThoseThatPeersWant() {
        List<ScriptedPeer> peers = IntStream.range(0, 12).mapToObj(this::peer).toList();
        List<ScriptedPeer> chosen = peers.stream()
                .filter(peer -> peer.heard(Message.WantRelay.class).equals(List.of(new Message.WantRelay(true))))
                .toList();
        ScriptedPeer wanting = peers.stream()
                .filter(peer -> !chosen.contains(peer))
                .findFirst()
                .orElseThrow();
        wanting.says(new Message.WantRelay(true));

        submit(node, transfer(0));
        world.runFor(1_000);

        assertThat(chosen).hasSize(4);
        assertThat(peers)
                .filteredOn(
                        peer -> !peer.heard(Message.AnnounceTransactions.class).isEmpty())
                .hasSize(5)
                .contains(wanting)
                .containsAll(chosen);
    }

    @Test
    void shouldChooseAnotherLinkWhenOneIsLostAndNowAndThen() {
        List<ScriptedPeer> peers = IntStream.range(0, 12).mapToObj(this::peer).toList();
        ScriptedPeer lost = wanted(peers).getFirst();

        lost.leaves();
        assertThat(wanted(peers)).hasSize(1);

        world.runFor(65_000);
        assertThat(peers)
                .filteredOn(peer -> peer.heard(Message.WantRelay.class).contains(new Message.WantRelay(false)))
                .hasSize(1);
    }

    @Test
    void shouldTellANewLinkWhatWaitsHere() {
        Transaction waiting = transfer(0);
        submit(node, waiting);
        world.runFor(60_000);

        ScriptedPeer late = peer(1);
        world.runFor(1_000);

        assertThat(late.heard(Message.AnnounceTransactions.class))
                .containsExactly(new Message.AnnounceTransactions(ShortIds.of(List.of(waiting.id()))));
    }

    @Test
    void shouldSayWhatItDoesNotHaveAndSendNothingTwice() {
        ScriptedPeer peer = peer(1);
        Transaction transaction = transfer(0);
        submit(node, transaction);
        long id = transaction.id().prefix();

        peer.says(new Message.GetTransactions(ShortIds.of(99, id)));
        peer.says(new Message.GetTransactions(ShortIds.of(id)));

        assertThat(peer.heard(Message.Transactions.class))
                .containsExactly(new Message.Transactions(List.of(transaction)));
        assertThat(peer.heard(Message.TransactionsGone.class))
                .containsExactly(
                        new Message.TransactionsGone(ShortIds.of(99)), new Message.TransactionsGone(ShortIds.of(id)));
    }

    @Test
    void shouldAnswerWhatDidNotPassWhenTheLinkIsFreeAgain() {
        ScriptedPeer peer = peer(1);
        Transaction transaction = transfer(0);
        submit(node, transaction);
        peer.takesNoMore(true);
        peer.says(new Message.GetTransactions(ShortIds.of(List.of(transaction.id()))));
        assertThat(peer.heard(Message.Transactions.class)).isEmpty();

        peer.takesNoMore(false);
        world.runFor(1_000);

        assertThat(peer.heard(Message.Transactions.class)).hasSize(1);
    }

    @Test
    void shouldAskAnHonestPeerAtOnceWhateverOthersAnnounce() {
        for (int flooder = 1; flooder <= 8; flooder++) {
            ScriptedPeer peer = peer(flooder);
            for (int message = 0; message < 10; message++) {
                long first = flooder * 1_000_000_000L + message * 10_000L;
                peer.says(new Message.AnnounceTransactions(
                        ShortIds.of(LongStream.range(first, first + 5_000).toArray())));
            }
        }
        ScriptedPeer honest = peer(9);
        Transaction transaction = transfer(0);

        honest.says(new Message.AnnounceTransactions(ShortIds.of(List.of(transaction.id()))));
        assertThat(honest.heard(Message.GetTransactions.class)).hasSize(1);
        honest.says(new Message.Transactions(List.of(transaction)));

        assertThat(node.mempool().contains(transaction.id())).isTrue();
    }

    @Test
    void shouldLeaveWhoAnnouncesAndNeverAnswers() {
        ScriptedPeer silent = peer(1);
        ScriptedPeer answering = peer(2);
        ScriptedPeer unread = peer(3);
        unread.isNotRead(true);
        unread.says(new Message.AnnounceTransactions(ShortIds.of(3)));
        silent.says(new Message.AnnounceTransactions(ShortIds.of(1)));
        answering.says(new Message.AnnounceTransactions(ShortIds.of(2)));
        answering.says(new Message.TransactionsGone(ShortIds.of(2)));

        world.runFor(30_000);

        assertThat(silent.goodbye()).contains(RejectionReason.TIMED_OUT);
        assertThat(silent.blames()).as("it may be kept from answering").isEmpty();
        assertThat(answering.goodbye()).isEmpty();
        assertThat(unread.goodbye()).isEmpty();
    }

    @Test
    void shouldKeepAnEarlyTransferWhileAnotherPeerSendsThousands() {
        ScriptedPeer honest = peer(1);
        ScriptedPeer flooder = peer(2);
        Transaction early = world.money().sign(POOR, 0, ANYONE, COIN, 10, 0);
        honest.says(new Message.Transactions(List.of(early)));
        PrivateKey poor = Money.account(Money.FUNDED + 1);
        flooder.says(new Message.Transactions(IntStream.range(0, 4_100)
                .mapToObj(nonce -> world.money().sign(poor, nonce, ANYONE, COIN, 10, 0))
                .toList()));

        submit(node, world.money().sign(RICH, 0, POOR.publicKey(), 5 * COIN, 10, 0));
        node.mine();
        node.letItThink();

        assertThat(node.mempool().contains(early.id())).isTrue();
    }

    @Test
    void shouldGiveABlockInCompactFormWithWhatThePeerLacks() {
        ScriptedPeer peer = peer(1);
        Transaction known = transfer(0);
        Transaction unknown = transfer(1);
        peer.says(new Message.Transactions(List.of(known)));
        submit(node, unknown);

        node.mine();

        Message.CompactBlock given = peer.heard(Message.CompactBlock.class).getFirst();
        ChainHead head = node.chain().head();
        assertThat(given.header()).isEqualTo(head.header());
        assertThat(given.work()).isEqualTo(head.work());
        assertThat(given.prefilled()).containsExactly(new Message.Prefilled(1, unknown));
        assertThat(given.ids())
                .isEqualTo(ShortIds.of(ShortIdKey.of(head.hash(), given.salt()).shortId(known.id())));
        assertThat(peer.heard(Message.AnnounceTip.class))
                .extracting(Message.AnnounceTip::header)
                .doesNotContain(head.header());
    }

    @Test
    void shouldRebuildABlockFromItsMempoolWithoutAsking() {
        ScriptedPeer peer = peer(1);
        submit(node, transfer(0));
        Block block = mineElsewhere(transfer(0));

        peer.says(compact(block));

        assertThat(node.chain().head().hash()).isEqualTo(block.hash());
        assertThat(peer.heard(Message.GetBlockTransactions.class)).isEmpty();
        assertThat(peer.heard(Message.GetBodies.class)).isEmpty();
        assertThat(node.signatureChecks()).isEqualTo(1);
        assertThat(world.traffic().of(CompactOutcome.REBUILT)).isEqualTo(1);
    }

    @Test
    void shouldAskOnceForWhatItLacks() {
        ScriptedPeer peer = peer(1);
        submit(node, transfer(0));
        Block block = mineElsewhere(transfer(0), transfer(1));

        peer.says(compact(block));
        assertThat(peer.heard(Message.GetBlockTransactions.class))
                .containsExactly(new Message.GetBlockTransactions(block.hash(), List.of(1)));
        peer.says(new Message.BlockTransactions(block.hash(), List.of(transfer(1))));

        assertThat(node.chain().head().hash()).isEqualTo(block.hash());
        assertThat(world.traffic().of(CompactOutcome.ASKED)).isEqualTo(1);
        assertThat(peer.heard(Message.GetBodies.class)).isEmpty();
    }

    @Test
    void shouldFetchTheBodyWithoutBlameWhenAnotherTransactionHadTheShortId() {
        ScriptedPeer peer = peer(1);
        Block block = mineElsewhere(transfer(0));
        Transaction other = world.money().sign(RICH, 0, ANYONE, 2 * COIN, 10, 0);
        submit(node, other);

        peer.says(compact(block, other));
        assertThat(peer.blames()).isEmpty();
        assertThat(peer.heard(Message.GetBodies.class)).containsExactly(new Message.GetBodies(List.of(block.hash())));
        peer.says(new Message.Bodies(List.of(EncodedBodies.of(block.hash(), block.transactions()))));

        assertThat(node.chain().head().hash()).isEqualTo(block.hash());
        assertThat(world.traffic().of(CompactOutcome.WHOLE)).isEqualTo(1);
    }

    @Test
    void shouldFetchTheBodyWhenThePeerDoesNotGiveWhatIsMissing() {
        ScriptedPeer silent = peer(1);
        Block block = mineElsewhere(transfer(0));
        silent.says(compact(block));
        assertThat(silent.heard(Message.GetBodies.class)).isEmpty();

        world.runFor(2_500);

        assertThat(silent.heard(Message.GetBodies.class)).hasSize(1);
        silent.says(new Message.BlockTransactions(block.hash(), block.transactions()));
        assertThat(silent.blames()).isEmpty();
    }

    @Test
    void shouldTakeTheBlockFromAnotherPeerWhileOneDoesNotAnswer() {
        ScriptedPeer silent = peer(1);
        ScriptedPeer other = peer(2);
        Block block = mineElsewhere(transfer(0));
        silent.says(compact(block));

        other.says(compact(block));
        other.says(new Message.BlockTransactions(block.hash(), block.transactions()));

        assertThat(node.chain().head().hash()).isEqualTo(block.hash());
    }

    @Test
    void shouldBlameForTransactionsThatWereNotAskedForOrNotNamed() {
        ScriptedPeer peer = peer(1);
        Block block = mineElsewhere(transfer(0));
        peer.says(new Message.BlockTransactions(block.hash(), block.transactions()));
        assertThat(peer.blames()).containsExactly(RejectionReason.UNEXPECTED_MESSAGE);

        peer.says(compact(block));
        peer.says(new Message.BlockTransactions(block.hash(), List.of(transfer(1))));

        assertThat(peer.blames())
                .containsExactly(RejectionReason.UNEXPECTED_MESSAGE, RejectionReason.WRONG_TRANSACTIONS_ROOT);
    }

    @Test
    void shouldWaitAMomentForTheCompactFormOfATipThatItIsToldOf() {
        ScriptedPeer teller = peer(1);
        ScriptedPeer giver = peer(2);
        Block block = mineElsewhere();
        teller.says(
                new Message.AnnounceTip(block.header(), elsewhere.chain().head().work()));
        assertThat(teller.heard(Message.GetBodies.class)).isEmpty();

        giver.says(compact(block));
        assertThat(node.chain().head().hash()).isEqualTo(block.hash());

        Block next = mineElsewhere();
        teller.says(
                new Message.AnnounceTip(next.header(), elsewhere.chain().head().work()));
        world.runFor(300);
        assertThat(teller.heard(Message.GetBodies.class)).hasSize(1);
    }

    @Test
    void shouldGiveSingleTransactionsOnlyOfBlocksThatItConnected() {
        ScriptedPeer peer = peer(1);
        submit(node, transfer(0));
        submit(node, transfer(1));
        node.mine();
        Block connected = node.chain().block(node.chain().head().hash()).orElseThrow();
        BlockHash unknown = BlockHash.fromHex("ab".repeat(32));

        node.core().received(peer, new Message.GetBlockTransactions(connected.hash(), List.of(1)));
        assertThat(peer.heard(Message.BlockTransactions.class))
                .as("on the writer thread")
                .isEmpty();
        node.letItThink();
        peer.says(new Message.GetBlockTransactions(unknown, List.of(0)));
        assertThat(peer.heard(Message.BlockTransactions.class))
                .containsExactly(
                        new Message.BlockTransactions(
                                connected.hash(),
                                List.of(connected.transactions().get(1))),
                        new Message.BlockTransactions(unknown, List.of()));
        assertThat(peer.blames()).isEmpty();

        peer.says(new Message.GetBlockTransactions(connected.hash(), List.of(2)));
        assertThat(peer.blames()).containsExactly(RejectionReason.UNEXPECTED_MESSAGE);
    }

    @Test
    void shouldGiveATransactionThatTravelledOnlyInABlockThatIsAbandoned() {
        ScriptedPeer peer = peer(1);
        Transaction transaction = transfer(0);
        submit(node, transaction);
        node.mine();
        assertThat(peer.heard(Message.CompactBlock.class).getFirst().prefilled())
                .hasSize(1);
        peer.heard(Message.AnnounceTransactions.class);

        Message.CompactBlock first = compact(mineElsewhere());
        Message.CompactBlock second = compact(mineElsewhere());
        peer.says(first);
        peer.says(second);
        world.runFor(1_000);
        ShortIds id = ShortIds.of(List.of(transaction.id()));
        peer.says(new Message.GetTransactions(id));

        assertThat(node.chain().head().hash()).isEqualTo(second.header().hash());
        assertThat(peer.heard(Message.AnnounceTransactions.class)).contains(new Message.AnnounceTransactions(id));
        assertThat(peer.heard(Message.Transactions.class))
                .containsExactly(new Message.Transactions(List.of(transaction)));
    }

    private ScriptedPeer peer(int number) {
        return new ScriptedPeer(node, number, node.chain().head());
    }

    private static List<ScriptedPeer> wanted(List<ScriptedPeer> peers) {
        return peers.stream()
                .filter(peer -> peer.heard(Message.WantRelay.class).contains(new Message.WantRelay(true)))
                .toList();
    }

    private Transaction transfer(long nonce) {
        return world.money().sign(RICH, nonce, ANYONE, COIN, 10, 0);
    }

    private static void submit(SimulatedNode to, Transaction transaction) {
        to.core().submit(List.of(transaction), admissions -> {});
    }

    private Block mineElsewhere(Transaction... transactions) {
        for (Transaction transaction : transactions) {
            submit(elsewhere, transaction);
        }
        elsewhere.mine();
        return elsewhere.chain().block(elsewhere.chain().head().hash()).orElseThrow();
    }

    private Message.CompactBlock compact(Block block) {
        return compact(block, block.transactions().toArray(Transaction[]::new));
    }

    /** Names these transactions, whatever the block has. */
    private Message.CompactBlock compact(Block block, Transaction... named) {
        ShortIdKey key = ShortIdKey.of(block.hash(), SALT);
        long[] ids = List.of(named).stream()
                .mapToLong(transaction -> key.shortId(transaction.id()))
                .toArray();
        return new Message.CompactBlock(
                block.header(), elsewhere.chain().head().work(), SALT, ShortIds.of(ids), List.of());
    }
}
