package dev.rensa.network.deploy;

import static dev.rensa.network.deploy.Manifest.elements;
import static dev.rensa.network.deploy.Manifest.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What quarkus-kubernetes writes when the node is packaged agrees with the chart. */
class QuarkusManifestsIT {

    @Test
    void shouldAgreeWithTheChart() throws IOException {
        List<Manifest> objects = Manifest.allOf(
                Files.readString(KubeTools.ROOT.resolve("node-service/target/kubernetes/kubernetes.yml")));
        objects.forEach(KubernetesModel::parse);

        String version = Manifest.read(KubeTools.CHART.resolve("Chart.yaml"))
                .path("appVersion")
                .asText();
        Manifest nodes = Scenario.find(objects, "StatefulSet", "rensa-node");
        assertThat(texts(nodes.at("/spec/selector/matchLabels"))).doesNotContainKey("app.kubernetes.io/version");
        assertThat(nodes.pod().at("/spec/securityContext/runAsNonRoot").asBoolean())
                .isTrue();
        JsonNode container = nodes.containers().findFirst().orElseThrow();
        assertThat(container.path("image").asText()).endsWith("rensa/node:" + version);
        assertThat(elements(container).map(part -> part.at("/httpGet/path").asText()))
                .contains("/q/health/started", "/q/health/ready", "/q/health/live");
        assertThat(elements(container.path("ports"))
                        .map(port -> port.path("name").asText()
                                + port.path("containerPort").asText()))
                .containsExactlyInAnyOrder("http8080", "peer7400", "management9000");
    }
}
