package dev.rensa.node.app;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.node.api.TestNetwork;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Holds docs/metrics.md to what a node measures. */
@QuarkusTest
@QuarkusTestResource(TestNetwork.class)
class MetricsDocTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "metrics.md");
    private static final String OTHER_SERVICES = "# The wallet's and the explorer's";
    private static final Pattern ROW =
            Pattern.compile("\\| `(rensa[a-z.]*)` \\| ([a-z ]+) \\| ([a-z]*) ?\\| ([`a-z, ]*?) ?\\| \\S.* \\|");

    @Inject
    MeterRegistry registry;

    @TestHTTPResource(value = "/metrics", management = true)
    URL metrics;

    @Test
    void shouldListEveryMeterOfTheNodeAndNoOther() throws IOException {
        assertThat(exposed())
                .as("Every meter whose name begins with rensa. stands in docs/metrics.md, in a row of its own:"
                        + " | `name` | type | unit | `tag`, `tag` | meaning | . Whoever adds a meter adds its row, and"
                        + " registers it when the node starts, with 0, so that it is there before anything happens.")
                .isEqualTo(documented());
    }

    @Test
    void shouldExposeThemToPrometheus() throws IOException {
        String text = given().get(metrics).then().statusCode(200).extract().asString();

        for (String name : documented().keySet()) {
            assertThat(text).contains("# TYPE " + name.replace('.', '_'));
        }
    }

    private Map<String, String> exposed() {
        Map<String, String> rows = new TreeMap<>();
        for (Meter meter : registry.getMeters()) {
            Meter.Id id = meter.getId();
            if (id.getName().startsWith("rensa.")) {
                String tags = id.getTags().stream()
                        .map(tag -> "`" + tag.getKey() + "`")
                        .collect(Collectors.joining(", "));
                rows.put(id.getName(), row(type(id), Objects.requireNonNullElse(id.getBaseUnit(), ""), tags));
            }
        }
        return rows;
    }

    private static Map<String, String> documented() throws IOException {
        Map<String, String> rows = new TreeMap<>();
        for (String line : Files.readAllLines(DOCUMENT)) {
            if (line.equals(OTHER_SERVICES)) {
                break;
            }
            Matcher matcher = ROW.matcher(line);
            if (matcher.matches()) {
                rows.put(matcher.group(1), row(matcher.group(2), matcher.group(3), matcher.group(4)));
            } else {
                assertThat(line).as("a row that is not of the usual form").doesNotStartWith("| `");
            }
        }
        return rows;
    }

    private static String type(Meter.Id id) {
        return id.getType().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String row(String type, String unit, String tags) {
        return type + " | " + unit + " | " + tags;
    }
}
