package dev.rensa.node.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.node.peer.NodeKey;
import dev.rensa.protocol.crypto.PublicKey;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class WantedTransactionsTest {

    private static final NodeKey ANNE = peer(1);
    private static final NodeKey BILL = peer(2);
    private static final long ID = 7;

    private final WantedTransactions requests = new WantedTransactions(12_345);

    @Test
    void shouldAskOnePeerAtATime() {
        assertThat(announced(ANNE, ID, 0)).isEqualTo(Map.of(ANNE, List.of(ID)));
        assertThat(announced(BILL, ID, 0)).isEmpty();
    }

    @Test
    void shouldAskTheNextAnnouncerWhenOneDoesNotDeliver() {
        announced(ANNE, ID, 0);
        announced(BILL, ID, 0);

        assertThat(askAgain(WantedTransactions.TIMEOUT_MILLIS - 1)).isEmpty();
        assertThat(askAgain(WantedTransactions.TIMEOUT_MILLIS)).isEqualTo(Map.of(BILL, List.of(ID)));
    }

    @Test
    void shouldAskTheNextAnnouncerAtOnceWhenItIsGone() {
        announced(ANNE, ID, 0);
        announced(BILL, ID, 0);

        assertThat(collect(questions -> requests.gone(ANNE, ID, 1, questions))).isEqualTo(Map.of(BILL, List.of(ID)));
    }

    @Test
    void shouldGiveUpWhenNobodyIsLeft() {
        announced(ANNE, ID, 0);

        assertThat(askAgain(WantedTransactions.TIMEOUT_MILLIS)).isEmpty();
        assertThat(requests.isEmpty()).isTrue();
    }

    @Test
    void shouldAskOthersWhenThePeerIsGone() {
        announced(ANNE, ID, 0);
        announced(BILL, ID, 0);

        requests.disconnected(ANNE);

        assertThat(askAgain(1)).isEqualTo(Map.of(BILL, List.of(ID)));
    }

    @Test
    void shouldAskAgainWhatDidNotPass() {
        announced(ANNE, ID, 0);

        requests.notSent(ANNE, ID);

        assertThat(askAgain(1)).isEqualTo(Map.of(ANNE, List.of(ID)));
    }

    @Test
    void shouldAskForNoMoreAtOnceThanItsQuotaAndGoOnAsTheyArrive() {
        Map<NodeKey, List<Long>> asked = announcedMany(ANNE, 0, WantedTransactions.MAX_QUOTA + 1);
        assertThat(asked.get(ANNE)).hasSize(WantedTransactions.MAX_QUOTA);

        requests.delivered(ANNE, 0);

        assertThat(collect(questions -> requests.askMore(ANNE, 1, questions)))
                .isEqualTo(Map.of(ANNE, List.of((long) WantedTransactions.MAX_QUOTA)));
    }

    @Test
    void shouldNotLetOnePeerTakeTheShareOfAnother() {
        for (int flooder = 10; flooder < 20; flooder++) {
            announcedMany(peer(flooder), flooder * 1_000_000L, 2 * WantedTransactions.MAX_WANTED_A_PEER);
        }

        assertThat(announcedMany(ANNE, 0, WantedTransactions.SURE_ASKED_A_PEER).get(ANNE))
                .hasSize(WantedTransactions.SURE_ASKED_A_PEER);
    }

    @Test
    void shouldRememberOnlySoMuchOfAPeer() {
        announcedMany(ANNE, 0, WantedTransactions.MAX_WANTED_A_PEER + 1);
        long beyond = WantedTransactions.MAX_WANTED_A_PEER;

        for (long id = 0; id < beyond; id++) {
            requests.delivered(ANNE, id);
        }

        assertThat(requests.isEmpty()).isTrue();
    }

    @Test
    void shouldAskAPeerForLessThatDoesNotDeliver() {
        announcedMany(ANNE, 0, WantedTransactions.MAX_QUOTA);
        for (int look = 1; look <= 20; look++) {
            askAgain(look * WantedTransactions.TIMEOUT_MILLIS);
            announcedMany(ANNE, look * 1_000_000L, 100);
        }

        assertThat(askAgain(100 * WantedTransactions.TIMEOUT_MILLIS).get(ANNE))
                .hasSizeLessThanOrEqualTo(WantedTransactions.MIN_QUOTA);
    }

    @Test
    void shouldPreferWhoDelivers() {
        announced(BILL, 1, 0);
        askAgain(WantedTransactions.TIMEOUT_MILLIS);
        announced(BILL, ID, WantedTransactions.TIMEOUT_MILLIS);
        requests.notSent(BILL, ID);

        assertThat(announced(ANNE, ID, WantedTransactions.TIMEOUT_MILLIS)).isEqualTo(Map.of(ANNE, List.of(ID)));
    }

    @Test
    void shouldNameAPeerThatOwesAnAnswerForTooLong() {
        announced(ANNE, ID, 1);
        announced(BILL, 8, 1);
        requests.sent(ANNE, 1);
        requests.sent(BILL, 1);
        requests.gone(BILL, 8, 2, new Questions());

        assertThat(requests.silent(WantedTransactions.SILENCE_MILLIS)).isEmpty();
        assertThat(requests.silent(WantedTransactions.SILENCE_MILLIS + 1)).containsExactly(ANNE);
    }

    private Map<NodeKey, List<Long>> announced(NodeKey peer, long id, long nowMillis) {
        return collect(questions -> requests.announced(peer, id, nowMillis, questions));
    }

    private Map<NodeKey, List<Long>> announcedMany(NodeKey peer, long first, int count) {
        return collect(questions -> {
            for (int i = 0; i < count; i++) {
                requests.announced(peer, first + i, 1, questions);
            }
        });
    }

    private Map<NodeKey, List<Long>> askAgain(long nowMillis) {
        return collect(questions -> requests.askAgain(nowMillis, questions));
    }

    private static Map<NodeKey, List<Long>> collect(Consumer<Questions> asking) {
        Questions questions = new Questions();
        asking.accept(questions);
        Map<NodeKey, List<Long>> found = new LinkedHashMap<>();
        questions.forEach((peer, ids) ->
                found.put(peer, new ArrayList<>(Arrays.stream(ids).boxed().toList())));
        return found;
    }

    private static NodeKey peer(int number) {
        return new NodeKey(PublicKey.of(ByteBuffer.allocate(32).putInt(number).array()));
    }
}
