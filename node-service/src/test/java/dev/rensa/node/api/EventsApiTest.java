package dev.rensa.node.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.protocol.transaction.Transaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestNetwork.class)
class EventsApiTest {

    private static final int READ_TIMEOUT_MILLIS = 10_000;
    private static final int MAX_LINES = 1_000;

    @TestHTTPResource("/events")
    URL events;

    @Test
    void shouldTellTransactionsAndBlocksAsTheyCome() throws IOException, URISyntaxException {
        URI uri = events.toURI();
        URLConnection connection = uri.toURL().openConnection();
        connection.setReadTimeout(READ_TIMEOUT_MILLIS);
        connection.setRequestProperty("Accept", "text/event-stream");
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
            Transaction transfer = TestNetwork.transfer(10, 0, 700, 10);

            ApiClient.submit(transfer).statusCode(200);
            String block = ApiClient.mine(1).extract().path("blocks[0].hash");

            assertThat(next(lines, "event:transaction", transfer.id().toHex())).contains("\"state\":\"pending\"");
            assertThat(next(lines, "event:block", block)).contains("\"transactionCount\":");
        }
    }

    /** Data of the next event of a kind that mentions something. */
    private static String next(BufferedReader lines, String event, String mention) throws IOException {
        boolean wanted = false;
        for (int i = 0; i < MAX_LINES; i++) {
            String line = lines.readLine();
            if (line.startsWith("event:")) {
                wanted = line.replace(" ", "").equals(event);
            } else if (wanted && line.startsWith("data:") && line.contains(mention)) {
                return line;
            }
        }
        throw new AssertionError("no " + event + " with " + mention);
    }
}
