package dev.rensa.explorer.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.explorer.fixture.FakeNode;
import dev.rensa.explorer.fixture.TestChain;
import dev.rensa.explorer.observe.Head;
import dev.rensa.explorer.observe.NodeTroubleException;
import dev.rensa.explorer.observe.NodeView;
import dev.rensa.explorer.observe.NodeView.Report;
import dev.rensa.protocol.api.PeersView;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LinkBookTest {

    private static final TestChain CHAIN = TestChain.start().withEmpty(1);

    private final AtomicLong clock = new AtomicLong(1_000);
    private final AtomicInteger asked = new AtomicInteger();
    private final LinkBook book = new LinkBook(clock::get);

    @Test
    void shouldTellEachConnectionOnceWhicheverNodeTellsOfIt() throws NodeTroubleException {
        answers(1);
        answers(2);

        // Of three nodes that are all connected two were asked: between them they tell of all three connections.
        assertThat(book.links()).hasSize(3).allMatch(link -> link.from().compareTo(link.to()) < 0);
    }

    @Test
    void shouldAskANodeOnlyNowAndThen() throws NodeTroubleException {
        answers(1);
        clock.addAndGet(4_999);
        answers(1);
        assertThat(asked).hasValue(1);

        clock.addAndGet(1);
        answers(1);

        assertThat(asked).hasValue(2);
    }

    @Test
    void shouldForgetTheConnectionsOfANodeThatIsLost() throws NodeTroubleException {
        book.lost(answers(1));

        assertThat(book.links()).isEmpty();
    }

    private NodeView answers(int number) throws NodeTroubleException {
        FakeNode node = new FakeNode(number, CHAIN) {
            @Override
            public PeersView peers() throws NodeTroubleException {
                asked.incrementAndGet();
                return super.peers();
            }
        };
        Report report = new Report(
                node.status(),
                node.genesis().networkHash(),
                new Head(CHAIN.tip().hash(), CHAIN.height(), CHAIN.work(), 0));
        NodeView view = new NodeView(node.url(), report, true, null, 1, 1, 1, 0, true);
        book.seen(view, null, node);
        return view;
    }
}
