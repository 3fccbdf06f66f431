package dev.rensa.network.deploy;

import static dev.rensa.network.deploy.Manifest.elements;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Alerts and dashboards ask for what is measured, and every alert has its runbook. */
class MonitoringTest {

    /** Of the framework, the cluster and Prometheus itself. */
    private static final Set<String> OTHERS = Set.of(
            "up",
            "http_server_requests_seconds_count",
            "http_server_requests_seconds_sum",
            "jvm_memory_used_bytes",
            "process_cpu_usage",
            "kubelet_volume_stats_available_bytes",
            "kubelet_volume_stats_capacity_bytes");

    private static final Pattern SERIES =
            Pattern.compile("\\b(?:rensa|http|jvm|process|kubelet|kube|system)_[a-z_]+\\b");
    private static final Pattern METER = Pattern.compile("\"(rensa\\.(?:wallet|explorer)\\.[a-z.]+)\"");

    private static final Path FILES = KubeTools.CHART.resolve("files");

    private final DocumentedMeters documented = new DocumentedMeters();

    @Test
    void shouldAlertOnWhatIsMeasured() {
        for (JsonNode rule : rules()) {
            assertMeasured(rule.path("alert").asText(), rule.path("expr").asText());
        }
    }

    @Test
    void shouldShowWhatIsMeasured() throws IOException {
        for (Path file : dashboards()) {
            JsonNode dashboard = Manifest.read(file);
            assertThat(dashboard.path("uid").asText()).startsWith("rensa-");
            Set<Integer> ids = new HashSet<>();
            for (JsonNode panel : dashboard.path("panels")) {
                String title = dashboard.path("title").asText() + ", "
                        + panel.path("title").asText();
                assertThat(ids.add(panel.path("id").asInt())).as(title).isTrue();
                assertThat(panel.path("targets")).as(title).isNotEmpty();
                elements(panel.path("targets"))
                        .forEach(target ->
                                assertMeasured(title, target.path("expr").asText()));
            }
        }
    }

    @Test
    void shouldSayInOperationsWhatToDoAboutEveryAlert() throws IOException {
        Set<String> headings = Files.readAllLines(KubeTools.ROOT.resolve("docs/operations.md")).stream()
                .filter(line -> line.startsWith("### Rensa"))
                .map(line -> line.substring("### ".length()))
                .collect(Collectors.toSet());

        for (JsonNode rule : rules()) {
            String alert = rule.path("alert").asText();
            assertThat(rule.at("/annotations/runbook").asText()).isEqualTo("docs/operations.md, " + alert);
            assertThat(rule.at("/annotations/summary").asText()).isNotBlank();
            assertThat(rule.at("/annotations/description").asText()).isNotBlank();
            assertThat(rule.at("/labels/severity").asText()).isIn("critical", "warning");
        }
        assertThat(rules()).map(rule -> rule.path("alert").asText()).containsExactlyInAnyOrderElementsOf(headings);
    }

    @Test
    void shouldInstallThemWhereTheClusterKnowsThem() {
        JsonNode installed = Scenario.DEFAULT.object("PrometheusRule", "rensa").at("/spec/groups");
        assertThat(alerts(installed))
                .containsExactlyElementsOf(
                        alerts(Manifest.read(FILES.resolve("alerts.yaml")).path("groups")));
        assertThat(Scenario.DEFAULT.objects())
                .filteredOn(object -> object.name().startsWith("rensa-dashboard-"))
                .hasSize(2)
                .allSatisfy(object -> assertThat(
                                object.at("/metadata/labels/grafana_dashboard").asText())
                        .isEqualTo("1"));

        var plain = Manifest.allOf(
                KubeTools.helm("template", "rensa", KubeTools.CHART.toString()).orFail());
        assertThat(plain)
                .map(Manifest::kind)
                .doesNotContain("PrometheusRule", "ServiceMonitor")
                .contains("StatefulSet");
    }

    @Test
    void shouldNotWaitForBlocksThatAreMadeByHand() {
        var byHand = Scenario.DEFAULT.render(
                "--set", "node.mining.mode=manual,monitoring.rules.disabled={RensaMempoolFull}");

        assertThat(alerts(Scenario.find(byHand, "PrometheusRule", "rensa").at("/spec/groups")))
                .contains("RensaSplit")
                .doesNotContain("RensaChainStalled", "RensaMempoolFull");
    }

    @Test
    void shouldAskEachPodOnce() {
        Manifest monitor = Scenario.DEFAULT.object("ServiceMonitor", "rensa");
        String port = monitor.at("/spec/endpoints/0/port").asText();

        List<String> asked = Scenario.DEFAULT.objects().stream()
                .filter(object -> object.kind().equals("Service"))
                .filter(service -> elements(service.at("/spec/ports"))
                        .anyMatch(it -> it.path("name").asText().equals(port)))
                .map(Manifest::name)
                .toList();
        assertThat(asked).containsExactlyInAnyOrder("rensa-peers", "rensa-wallet", "rensa-explorer");
    }

    /** The node's own test does this for the node; these two register their meters in one place each. */
    @Test
    void shouldHaveTheWalletsAndTheExplorersMetersInTheDocument() throws IOException {
        Set<String> registered = new TreeSet<>();
        for (String service : List.of("wallet", "explorer")) {
            Path sources = KubeTools.ROOT.resolve(service + "-service/src/main/java");
            try (Stream<Path> files = Files.walk(sources)) {
                for (Path file :
                        files.filter(it -> it.toString().endsWith(".java")).toList()) {
                    String source = Files.readString(file);
                    if (source.contains("import io.micrometer")) {
                        METER.matcher(source).results().forEach(found -> registered.add(found.group(1)));
                    }
                }
            }
        }

        assertThat(documented.meters().stream().filter(name -> name.matches("rensa\\.(wallet|explorer)\\..*")))
                .as("Every meter of the wallet and the explorer stands in docs/metrics.md")
                .containsExactlyElementsOf(registered);
    }

    private void assertMeasured(String where, String expression) {
        Set<String> asked =
                SERIES.matcher(expression).results().map(MatchResult::group).collect(Collectors.toSet());
        asked.removeAll(OTHERS);
        assertThat(expression).as(where).matches("(?s).*(rensa_|http_|jvm_|process_|kubelet_|up\\{).*");
        assertThat(documented.series()).as(where).containsAll(asked);
    }

    private static List<JsonNode> rules() {
        return elements(Manifest.read(FILES.resolve("alerts.yaml")).path("groups"))
                .flatMap(group -> elements(group.path("rules")))
                .toList();
    }

    private static List<String> alerts(JsonNode groups) {
        return elements(groups)
                .flatMap(group -> elements(group.path("rules")))
                .map(rule -> rule.path("alert").asText())
                .toList();
    }

    private static List<Path> dashboards() throws IOException {
        try (Stream<Path> files = Files.list(FILES.resolve("dashboards"))) {
            return files.toList();
        }
    }
}
