package dev.rensa.network.deploy;

import static dev.rensa.network.deploy.Manifest.elements;
import static dev.rensa.network.deploy.Manifest.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What quarkus-kubernetes writes when a service is packaged agrees with the chart. */
class QuarkusManifestsIT {

    @ParameterizedTest
    @CsvSource({"node, StatefulSet", "wallet, Deployment", "explorer, Deployment"})
    void shouldAgreeWithTheChart(String service, String kind) throws IOException {
        List<Manifest> objects = Manifest.allOf(
                Files.readString(KubeTools.ROOT.resolve(service + "-service/target/kubernetes/kubernetes.yml")));
        objects.forEach(KubernetesModel::parse);
        String name = "rensa-" + service;
        Manifest ofChart = Scenario.DEFAULT.object(kind, name);
        String version = Manifest.read(KubeTools.CHART.resolve("Chart.yaml"))
                .path("appVersion")
                .asText();

        Manifest made = Scenario.find(objects, kind, name);
        assertThat(texts(made.at("/spec/selector/matchLabels"))).doesNotContainKey("app.kubernetes.io/version");
        assertThat(made.at("/spec/strategy/type")).isEqualTo(ofChart.at("/spec/strategy/type"));
        for (String field : List.of("runAsNonRoot", "runAsUser", "fsGroup")) {
            String pointer = "/spec/securityContext/" + field;
            assertThat(made.pod().at(pointer)).as(field).isEqualTo(ofChart.pod().at(pointer));
        }
        JsonNode container = container(made);
        assertThat(container.path("image").asText()).endsWith("rensa/" + service + ":" + version);
        for (String probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
            assertThat(container.at("/" + probe + "/httpGet/path"))
                    .isEqualTo(container(ofChart).at("/" + probe + "/httpGet/path"));
            assertThat(container.at("/" + probe + "/httpGet/port").asInt()).isEqualTo(9000);
        }
        assertThat(elements(container.path("ports")))
                .as("ports of the machine are nobody's to take")
                .noneMatch(port -> port.has("hostPort"));
        assertThat(containerPorts(container)).isEqualTo(containerPorts(container(ofChart)));
        assertThat(servicePort(Scenario.find(objects, "Service", name)))
                .isEqualTo(servicePort(Scenario.DEFAULT.object("Service", name)));
        assertThat(elements(container.path("env"))
                        .map(it -> it.path("name").asText())
                        .filter(variable -> variable.matches("(RENSA|QUARKUS)_.*")))
                .isNotEmpty()
                .allMatch(variable -> ServiceSettings.of(service).hasVariable(variable));
    }

    private static JsonNode container(Manifest workload) {
        return workload.containers().findFirst().orElseThrow();
    }

    private static Map<String, Integer> containerPorts(JsonNode container) {
        Map<String, Integer> ports = new TreeMap<>();
        container
                .path("ports")
                .forEach(it -> ports.put(
                        it.path("name").asText(), it.path("containerPort").asInt()));
        return ports;
    }

    /** The one that clients use. */
    private static int servicePort(Manifest service) {
        return elements(service.at("/spec/ports"))
                .filter(it -> it.path("name").asText().equals("http"))
                .mapToInt(it -> it.path("port").asInt())
                .findFirst()
                .orElseThrow();
    }
}
