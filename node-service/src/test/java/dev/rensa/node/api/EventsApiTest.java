package dev.rensa.node.api;

import static dev.rensa.node.api.ApiClient.expectProblem;
import static dev.rensa.node.api.ApiClient.get;
import static dev.rensa.node.api.ApiClient.mine;
import static dev.rensa.node.api.ApiClient.submit;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.node.api.EventClient.Event;
import dev.rensa.protocol.transaction.Transaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The event stream over real sockets. */
@QuarkusTest
@QuarkusTestResource(TestNetwork.class)
class EventsApiTest {

    private static final int LOAD_FIRST = 50;
    private static final int LOAD_ACCOUNTS = 10;
    private static final int LOAD_EACH = 40;

    @TestHTTPResource("/events")
    URL events;

    @Test
    void shouldTellTransactionsAndBlocksAsTheyCome() throws Exception {
        try (EventClient client = connect("", Optional.empty())) {
            client.awaitId();
            Transaction transfer = TestNetwork.transfer(10, 0, 700, 10);

            submit(transfer).statusCode(200);
            String block = mine(1).extract().path("blocks[0].hash");

            assertThat(next(client, "transaction", transfer.id().toHex()).data())
                    .contains("\"state\":\"pending\"");
            assertThat(next(client, "block", block).data()).contains("\"transactionCount\":");
            assertThat(next(client, "transaction", transfer.id().toHex()).data())
                    .contains("\"state\":\"mined\"", block);
        }
    }

    @Test
    void shouldTellReplacements() throws Exception {
        try (EventClient client = connect("?types=transaction", Optional.empty())) {
            client.awaitId();
            Transaction cheap = TestNetwork.transfer(11, 0, 700, 10);
            Transaction dear = TestNetwork.transfer(11, 0, 700, 20);
            submit(cheap).statusCode(200);
            submit(dear).statusCode(200);

            next(client, "transaction", cheap.id().toHex());
            assertThat(next(client, "transaction", cheap.id().toHex()).data())
                    .contains("\"state\":\"replaced\"", "\"successor\":\"" + dear.id() + "\"");
        }
    }

    @Test
    void shouldTellOnlyTheTypesAskedFor() throws Exception {
        try (EventClient client = connect("?types=block,peer", Optional.empty())) {
            client.awaitId();
            submit(TestNetwork.transfer(12, 0, 700, 10)).statusCode(200);
            String block = mine(1).extract().path("blocks[0].hash");

            Event first = client.next();

            assertThat(first.name()).isEqualTo("block");
            assertThat(first.data()).contains(block);
        }
        expectProblem(get("/events?types=blocks"), 400, "malformed-request");
    }

    @Test
    void shouldTellOfAGapWhereItCannotGoOn() throws Exception {
        for (String[] idAndReason : new String[][] {{"12345-1", "restarted"}, {"nonsense", "unknown-id"}}) {
            try (EventClient client = connect("", Optional.of(idAndReason[0]))) {
                Event gap = client.next();

                assertThat(gap.name()).isEqualTo("gap");
                assertThat(gap.data()).contains("\"reason\":\"" + idAndReason[1] + "\"", "\"tip\":");
            }
        }
        String epoch;
        try (EventClient client = connect("", Optional.empty())) {
            epoch = client.awaitId().replaceAll("-.*", "");
        }
        try (EventClient client = connect("", Optional.of(epoch + "-999999999"))) {
            assertThat(client.next().data()).contains("\"reason\":\"too-old\"");
        }
    }

    /** The connection breaks again and again while transactions come in; what is read is as if it never had. */
    @Test
    void shouldResumeUnderLoadWithoutGapAndDuplicate() throws Exception {
        String begin;
        try (EventClient client = connect("?types=transaction", Optional.empty())) {
            begin = client.awaitId();
        }
        FutureTask<Void> load = new FutureTask<>(EventsApiTest::submitLoad, null);
        // A thread of its own has this one's class loader, which RestAssured needs.
        new Thread(load, "load").start();
        List<Event> seen = new ArrayList<>();
        String lastId = begin;
        for (int reads = 1; seen.size() < LOAD_ACCOUNTS * LOAD_EACH; reads = reads * 2 % 101) {
            try (EventClient client = connect("?types=transaction", Optional.of(lastId))) {
                for (int i = 0; i < reads && seen.size() < LOAD_ACCOUNTS * LOAD_EACH; i++) {
                    if (load.isDone()) {
                        load.get();
                    }
                    seen.add(client.next());
                }
                lastId = seen.getLast().id();
            }
        }
        load.get();

        assertThat(seen).extracting(Event::name).containsOnly("transaction");
        assertThat(seen.stream().map(event -> number(event.id())))
                .containsExactlyElementsOf(LongStream.range(0, seen.size())
                        .map(i -> number(begin) + 1 + i)
                        .boxed()
                        .toList());
        assertThat(seen).extracting(Event::data).doesNotHaveDuplicates();
    }

    private static void submitLoad() {
        for (int nonce = 0; nonce < LOAD_EACH; nonce++) {
            for (int account = 0; account < LOAD_ACCOUNTS; account++) {
                submit(TestNetwork.transfer(LOAD_FIRST + account, nonce, 1, 10)).statusCode(200);
            }
        }
    }

    private EventClient connect(String query, Optional<String> lastId) throws IOException, URISyntaxException {
        return new EventClient(new URI(events + query), lastId);
    }

    private static long number(String id) {
        return Long.parseLong(id.substring(id.indexOf('-') + 1));
    }

    /** The next event of a kind that mentions something. */
    private static Event next(EventClient client, String name, String mention) throws IOException {
        Event event = client.next();
        while (!event.name().equals(name) || !event.data().contains(mention)) {
            event = client.next();
        }
        return event;
    }
}
