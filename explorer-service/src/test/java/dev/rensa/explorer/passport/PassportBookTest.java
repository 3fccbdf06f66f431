package dev.rensa.explorer.passport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.explorer.fixture.FakeNode;
import dev.rensa.explorer.fixture.TestChain;
import dev.rensa.explorer.fixture.TestWatch;
import dev.rensa.explorer.observe.NodeView;
import dev.rensa.protocol.api.NodeEvent.TransactionChanged;
import dev.rensa.protocol.crypto.TransactionId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PassportBookTest {

    private static final String ID = "ab".repeat(32);
    private static final String BLOCK = "cd".repeat(32);

    private final List<NodeView> nodes = new TestWatch(
                    new FakeNode(1, TestChain.start()), new FakeNode(2, TestChain.start()))
            .directory()
            .views();
    private final PassportBook book = new PassportBook(3);

    @Test
    void shouldTellWhatBecameOfATransactionOnEachNode() {
        tell(0, 100, ID, "pending", null, null);
        tell(0, 300, ID, "mined", null, BLOCK);
        tell(1, 200, ID, "pending", null, null);
        tell(0, 400, ID, "returned", null, null);
        tell(1, 500, ID, "evicted", "mempool-full", null);

        List<Stamp> stamps = book.stamps(TransactionId.fromHex(ID));

        assertThat(stamps.stream().map(stamp -> stamp.node() + " " + stamp.state()))
                .containsExactly(
                        "node-1 pending", "node-2 pending", "node-1 mined", "node-1 returned", "node-2 evicted");
        assertThat(stamps.get(2).block()).isEqualTo(BLOCK);
        assertThat(stamps.getLast().code()).isEqualTo("mempool-full");
    }

    @Test
    void shouldSetEachNodesTimeByItsClock() {
        tell(0, 1_000_000, ID, "pending", null, null);

        long offset = nodes.getFirst().clockOffsetMillis();
        assertThat(book.stamps(TransactionId.fromHex(ID)).getFirst().timeMillis())
                .isEqualTo(1_000_000 - offset);
    }

    @Test
    void shouldHoldTheNewestStampsAndLeaveRoomForMore() {
        long offset = nodes.getFirst().clockOffsetMillis();
        int half = PassportBook.MAX_UNWRITTEN / 2;
        for (int i = 0; i < half + 10; i++) {
            tell(0, 1_000_000 + i, "%064x".formatted(i), "pending", null, null);
        }

        book.holdUnwritten(1_000_000 - offset);
        assertThat(book.unwritten(PassportBook.MAX_UNWRITTEN)).hasSize(half);
        assertThat(book.unwritten(1).getFirst().stamp().timeMillis()).isEqualTo(1_000_010 - offset);

        book.holdUnwritten(1_000_000 + half - offset);
        assertThat(book.unwritten(PassportBook.MAX_UNWRITTEN)).hasSize(10);
    }

    @Test
    void shouldForgetTheOldestTransactionAndBoundTheStampsOfOne() {
        for (int i = 0; i < 5; i++) {
            tell(0, i, ("0" + i).repeat(32), "pending", null, null);
        }
        for (int i = 0; i < PassportBook.MAX_STAMPS + 9; i++) {
            tell(0, i, "04".repeat(32), "queued", null, null);
        }

        assertThat(book.size()).isEqualTo(3);
        assertThat(book.stamps(TransactionId.fromHex("01".repeat(32)))).isEmpty();
        assertThat(book.stamps(TransactionId.fromHex("04".repeat(32)))).hasSize(PassportBook.MAX_STAMPS);
    }

    @Test
    void shouldKnowTwoExplorersStampsOfOneEvent() {
        Stamp mine = new Stamp("key", "node", 10_000, "evicted", "mempool-full", null, null);

        assertThat(mine.isSameAs(new Stamp("key", "node", 11_500, "evicted", "mempool-full", null, null)))
                .isTrue();
        assertThat(mine.isSameAs(new Stamp("key", "node", 13_000, "evicted", "mempool-full", null, null)))
                .isFalse();
        assertThat(mine.isSameAs(new Stamp("key", "node", 10_000, "evicted", null, null, null)))
                .isFalse();
        assertThat(mine.isSameAs(new Stamp("other", "node", 10_000, "evicted", "mempool-full", null, null)))
                .isFalse();
    }

    @Test
    void shouldPassOverWhatIsMalformed() {
        tell(0, 1, "zz", "pending", null, null);
        tell(0, 1, ID, "x".repeat(65), null, null);
        tell(0, 1, ID, "mined", null, "b".repeat(65));

        assertThat(book.size()).isZero();
    }

    private void tell(int node, long millis, String id, String state, @Nullable String code, @Nullable String block) {
        book.transactionChanged(nodes.get(node), new TransactionChanged(millis, id, "rns1p", state, code, null, block));
    }
}
