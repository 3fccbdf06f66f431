package dev.rensa.node.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.node.chain.StorageException;
import dev.rensa.protocol.api.Problem;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What failed requests leave in the log. */
class ProblemMappersTest {
    private final ProblemMappers mappers = new ProblemMappers();
    private final Logger log = Logger.getLogger(ProblemMappers.class.getName());
    private final Lines lines = new Lines();

    @BeforeEach
    void listen() {
        log.addHandler(lines);
    }

    @AfterEach
    void stopListening() {
        log.removeHandler(lines);
    }

    @Test
    void shouldNotLogThatAClientWentAway() {
        assertThat(codeOf(mappers.map(new IOException("Connection reset by peer"))))
                .isEqualTo("malformed-request");
        assertThat(codeOf(mappers.map(new UncheckedIOException(new IOException("Broken pipe")))))
                .isEqualTo("malformed-request");
        assertThat(codeOf(mappers.map(new IllegalStateException(new IOException("stream was reset")))))
                .isEqualTo("malformed-request");

        assertThat(lines.written).isEmpty();
    }

    @Test
    void shouldLogABoundedNumberOfOurOwnFailures() {
        for (int i = 0; i < 10 * ProblemMappers.FAILURES_PER_MINUTE; i++) {
            assertThat(codeOf(mappers.map(new IllegalStateException("a defect"))))
                    .isEqualTo("internal-error");
            assertThat(codeOf(mappers.map(new StorageException("a defect of the disk"))))
                    .isEqualTo("storage-failure");
        }

        assertThat(lines.written)
                .hasSize(ProblemMappers.FAILURES_PER_MINUTE)
                .allSatisfy(line -> assertThat(line.getThrown()).isNotNull());
    }

    private static String codeOf(Response response) {
        return ((Problem) response.getEntity()).code();
    }

    private static final class Lines extends Handler {
        private final List<LogRecord> written = new ArrayList<>();

        @Override
        public void publish(LogRecord line) {
            if (line.getLevel().intValue() >= Level.INFO.intValue()) {
                written.add(line);
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
