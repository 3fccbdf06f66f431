package dev.rensa.node.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.node.peer.NodeKey;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.crypto.TransactionId;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TransactionRequestsTest {

    private static final NodeKey ANNE = peer(1);
    private static final NodeKey BILL = peer(2);
    private static final TransactionId ID = id(7);

    private final TransactionRequests requests = new TransactionRequests();

    @Test
    void shouldAskOnePeerAtATime() {
        requests.announced(ANNE, ID);
        requests.announced(BILL, ID);

        assertThat(requests.ask(List.of(ID), 0)).isEqualTo(Map.of(ANNE, List.of(ID)));
        assertThat(requests.ask(List.of(ID), 0)).isEmpty();
    }

    @Test
    void shouldAskTheNextAnnouncerWhenOneDoesNotDeliver() {
        requests.announced(ANNE, ID);
        requests.ask(List.of(ID), 0);
        requests.announced(BILL, ID);

        assertThat(requests.askAgain(TransactionRequests.TIMEOUT_MILLIS - 1)).isEmpty();
        assertThat(requests.askAgain(TransactionRequests.TIMEOUT_MILLIS)).isEqualTo(Map.of(BILL, List.of(ID)));
    }

    @Test
    void shouldGiveUpWhenNobodyIsLeft() {
        requests.announced(ANNE, ID);
        requests.ask(List.of(ID), 0);

        assertThat(requests.askAgain(TransactionRequests.TIMEOUT_MILLIS)).isEmpty();
        assertThat(requests.isEmpty()).isTrue();
    }

    @Test
    void shouldAskOthersAtOnceWhenThePeerIsGone() {
        requests.announced(ANNE, ID);
        requests.announced(BILL, ID);
        requests.ask(List.of(ID), 0);

        requests.disconnected(ANNE);

        assertThat(requests.askAgain(1)).isEqualTo(Map.of(BILL, List.of(ID)));
    }

    @Test
    void shouldNotAskForWhatIsHere() {
        requests.announced(ANNE, ID);
        requests.settled(ID);

        assertThat(requests.ask(List.of(ID), 0)).isEmpty();
        assertThat(requests.isEmpty()).isTrue();
    }

    @Test
    void shouldAskForNoMoreAtOnceThanCanBeCheckedAndGoOnAsTheyArrive() {
        for (int i = 0; i <= TransactionRequests.MAX_ASKED; i++) {
            requests.announced(ANNE, id(i));
        }
        List<TransactionId> all = ids(TransactionRequests.MAX_ASKED + 1);

        assertThat(requests.ask(all, 0).get(ANNE)).hasSize(TransactionRequests.MAX_ASKED);
        requests.settled(id(0));

        assertThat(requests.askAgain(1)).isEqualTo(Map.of(ANNE, List.of(id(TransactionRequests.MAX_ASKED))));
    }

    @Test
    void shouldIgnoreAnnouncementsBeyondItsBound() {
        for (int i = 0; i < TransactionRequests.MAX_WANTED; i++) {
            requests.announced(ANNE, id(i));
        }

        requests.announced(ANNE, id(TransactionRequests.MAX_WANTED));

        assertThat(requests.ask(List.of(id(TransactionRequests.MAX_WANTED)), 0)).isEmpty();
    }

    private static List<TransactionId> ids(int count) {
        return IntStream.range(0, count).mapToObj(TransactionRequestsTest::id).toList();
    }

    private static TransactionId id(int number) {
        return TransactionId.of(ByteBuffer.allocate(32).putInt(number).array());
    }

    private static NodeKey peer(int number) {
        return new NodeKey(PublicKey.of(ByteBuffer.allocate(32).putInt(number).array()));
    }
}
