package dev.rensa.explorer.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.explorer.fixture.FakeNode;
import dev.rensa.explorer.fixture.TestChain;
import dev.rensa.explorer.fixture.TestNetwork;
import dev.rensa.protocol.genesis.Genesis;
import java.net.URI;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class NodeDirectoryTest {

    private static final URI HERE = URI.create("http://10.0.0.1:8080");
    private static final URI THERE = URI.create("http://10.0.0.2:8080");

    private final AtomicLong clock = new AtomicLong(1_000_000);
    private final NodeDirectory directory = new NodeDirectory(clock::get, null);

    @Test
    void shouldCountANodeOnceThatAnswersAtTwoAddresses() throws NodeTroubleException {
        FakeNode node = node(1);

        seen(node, HERE);
        seen(node, THERE);

        assertThat(directory.views()).hasSize(1);
        assertThat(directory.views().getFirst().url()).isEqualTo(HERE);
    }

    @Test
    void shouldFollowANodeToItsNewAddress() throws NodeTroubleException {
        FakeNode node = node(1);
        seen(node, HERE);

        directory.record(directory.views().getFirst().lost("gone"), node);
        seen(node, THERE);

        assertThat(directory.views()).hasSize(1);
        assertThat(directory.views().getFirst().url()).isEqualTo(THERE);
        assertThat(directory.views().getFirst().reachable()).isTrue();
    }

    @Test
    void shouldKnowANodeSinceItWasMetFirst() throws NodeTroubleException {
        FakeNode node = node(1);
        seen(node, HERE);
        NodeView met = directory.views().getFirst();
        directory.record(met.lost("gone"), node);
        clock.addAndGet(60_000);

        seen(node, THERE);

        NodeView now = directory.views().getFirst();
        assertThat(now.url()).isEqualTo(THERE);
        assertThat(now.firstSeenMillis()).isEqualTo(met.firstSeenMillis());
    }

    @Test
    void shouldNoticeThatAnotherNodeAnswersAtAnAddress() throws NodeTroubleException {
        seen(node(1), HERE);
        seen(node(2), HERE);

        assertThat(directory.views().stream().map(NodeView::reachable)).containsExactly(false, true);
        assertThat(directory.views().getFirst().trouble()).contains("another node answers");
    }

    @Test
    void shouldShowAnAddressThatNeverAnsweredUntilItDoes() throws NodeTroubleException {
        directory.record(NodeView.unknown(HERE, "no connection"), node(1));
        assertThat(directory.views().getFirst().identity()).isEqualTo(HERE.toString());

        seen(node(1), HERE);
        assertThat(directory.views()).hasSize(1);
    }

    @Test
    void shouldStayWithItsNetworkWhileItIsRestarted() throws NodeTroubleException {
        Genesis other = TestNetwork.genesis("Another network");
        FakeNode ours = node(1);
        seen(ours, HERE);
        directory.record(directory.views().getFirst().lost("gone"), ours);

        seen(new FakeNode(2, TestChain.start(other), other), THERE);
        assertThat(directory.network()).contains(TestNetwork.HASH);

        clock.addAndGet(NodeDirectory.NETWORK_PATIENCE_MILLIS + 1);
        seen(new FakeNode(2, TestChain.start(other), other), THERE);
        assertThat(directory.network()).contains(other.networkHash());
    }

    @Test
    void shouldForgetAfterAnHourANodeThatIsGone() throws NodeTroubleException {
        FakeNode gone = node(1);
        seen(gone, HERE);
        directory.release(HERE, "no longer listed");
        assertThat(directory.views().getFirst().reachable()).isFalse();

        clock.addAndGet(NodeDirectory.REMEMBER_MILLIS + 1);
        seen(node(2), THERE);

        assertThat(directory.views()).hasSize(1);
    }

    @Test
    void shouldKeepNoMoreThanItsBound() {
        for (int i = 0; i < NodeDirectory.MAX_NODES + 20; i++) {
            directory.record(NodeView.unknown(URI.create("http://10.1.0.1:" + (1_000 + i)), "none"), node(1));
        }

        assertThat(directory.views()).hasSize(NodeDirectory.MAX_NODES);
    }

    private void seen(FakeNode node, URI url) throws NodeTroubleException {
        long now = clock.get();
        directory.record(
                new NodeView(url, ReportReader.read(node.status()), true, null, now, now, 1.5, 0, false), node);
    }

    private static FakeNode node(int number) {
        return new FakeNode(number, TestChain.start().withEmpty(2));
    }
}
