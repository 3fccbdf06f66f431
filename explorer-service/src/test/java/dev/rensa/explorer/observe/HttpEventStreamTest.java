package dev.rensa.explorer.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rensa.protocol.api.NodeEvent;
import dev.rensa.protocol.api.NodeEvent.BlockConnected;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HttpEventStreamTest {

    private static final String BLOCK = """
            {"timeMillis":5,"height":7,"hash":"aa","parent":"bb","timestampMillis":4,"work":"9","miner":"m",\
            "transactionCount":2,"fieldOfTomorrow":true}""";

    private final HttpEventStream stream = new HttpEventStream(
            HttpClient.newHttpClient(),
            URI.create("http://127.0.0.1:1"),
            Duration.ofSeconds(1),
            JsonMapper.builder()
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build());

    @Test
    void shouldReadABlockAmongCommentsAndOtherFields() throws IOException {
        List<NodeEvent> events = read(": hello\nretry: 500\n\nid: 1\nevent: block\ndata: " + BLOCK + "\n\n");

        assertThat(events).containsExactly(new BlockConnected(5, 7, "aa", "bb", 4, "9", "m", 2, null));
    }

    @Test
    void shouldJoinDataThatComesInSeveralLines() throws IOException {
        int half = BLOCK.indexOf(",\"parent") + 1;

        assertThat(read("event:block\r\ndata:" + BLOCK.substring(0, half) + "\r\ndata:" + BLOCK.substring(half)
                        + "\r\n\r\n"))
                .hasSize(1);
    }

    @Test
    void shouldPassOverWhatItDoesNotKnowOrCannotRead() throws IOException {
        assertThat(read("event: surprise\ndata: {}\n\nevent: block\ndata: {nonsense\n\ndata: orphan\n\n"))
                .isEmpty();
    }

    @Test
    void shouldNotDeliverAnEventThatIsCutOff() throws IOException {
        assertThat(read("event: block\ndata: " + BLOCK)).isEmpty();
    }

    @Test
    void shouldRefuseALineWithoutEnd() {
        String endless = "data: " + "x".repeat(HttpEventStream.MAX_LINE_CHARACTERS);

        assertThatThrownBy(() -> read(endless)).isInstanceOf(IOException.class);
    }

    private List<NodeEvent> read(String text) throws IOException {
        List<NodeEvent> events = new ArrayList<>();
        stream.readEvents(new StringReader(text), events::add);
        return events;
    }
}
