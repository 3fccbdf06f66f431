package dev.rensa.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the services must judge alike, and share no module for, is the same file in each. */
class SameRuleTest {

    private static final Path ROOT = Path.of(System.getProperty("rensa.root"));

    @ParameterizedTest
    @ValueSource(strings = {"node", "wallet"})
    void shouldJudgeWhereARequestComesFromAsTheExplorerDoes(String service) throws IOException {
        assertThat(rule(service))
                .as("a mend of RequestOrigin belongs into all three services")
                .isEqualTo(rule("explorer"));
    }

    private static List<String> rule(String service) throws IOException {
        Path file = ROOT.resolve("%1$s-service/src/main/java/dev/rensa/%1$s/api/RequestOrigin.java".formatted(service));
        return Files.readAllLines(file).stream()
                .map(line -> line.equals("package dev.rensa." + service + ".api;") ? "package;" : line)
                .toList();
    }
}
