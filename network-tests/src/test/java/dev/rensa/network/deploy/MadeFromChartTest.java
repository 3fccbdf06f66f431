package dev.rensa.network.deploy;

import static dev.rensa.network.deploy.KubeTools.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The README's table and the manifests for kustomize come from the chart, and are as fresh as it is. */
class MadeFromChartTest {

    @TempDir
    Path fresh;

    @Test
    void shouldBeWhatTheScriptMakes() throws IOException {
        // Skips where there is no Helm.
        KubeTools.helm("version").orFail();
        var made = KubeTools.rensa().run("chart", "--to", fresh.toString());
        assertThat(made.exitCode()).as(made.output()).isZero();

        assertThat(texts(ROOT, "helm/rensa/README.md"))
                .as("./rensa chart makes the chart's README anew")
                .isEqualTo(texts(fresh, "helm/rensa/README.md"));
        assertThat(texts(ROOT, "k8s/base"))
                .as("./rensa chart makes k8s/base anew")
                .isEqualTo(texts(fresh, "k8s/base"));
    }

    @Test
    void shouldDescribeEveryValue() throws IOException {
        String readme = Files.readString(KubeTools.CHART.resolve("README.md"));
        Manifest.read(KubeTools.CHART.resolve("values.yaml"))
                .path("node")
                .fieldNames()
                .forEachRemaining(name -> assertThat(readme).contains("| `node." + name));
        assertThat(readme)
                .contains(
                        "| `networkPolicy.monitoring` | `- namespaceSelector: matchLabels: kubernetes.io/metadata.name: monitoring` |");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kind", "minikube"})
    void shouldBeWhatTheChartInstalls(String overlay) {
        List<Manifest> objects = Manifest.allOf(
                KubeTools.kubectl("kustomize", "k8s/overlays/" + overlay).orFail());
        objects.forEach(KubernetesModel::parse);

        assertThat(Scenario.find(objects, "Namespace", "rensa")
                        .at("/metadata/labels/pod-security.kubernetes.io~1enforce")
                        .asText())
                .isEqualTo("restricted");
        for (Manifest object : objects) {
            if (object.kind().equals("Namespace")) {
                continue;
            }
            assertThat(object.at("/metadata/namespace").asText()).isEqualTo("rensa");
            Manifest ofChart = Scenario.DEFAULT.object(object.kind(), object.name());
            assertThat(object.tree().path("data")).isEqualTo(ofChart.tree().path("data"));
            if (object.hasPods()) {
                assertThat(containerWithoutResources(object)).isEqualTo(containerWithoutResources(ofChart));
            }
        }
        // What the base leaves out needs Helm or an operator.
        assertThat(Scenario.DEFAULT.objects())
                .filteredOn(
                        object -> objects.stream().noneMatch(it -> it.toString().equals(object.toString())))
                .map(Manifest::toString)
                .allMatch(object -> object.matches(
                        "(PrometheusRule|ServiceMonitor) rensa|ConfigMap rensa-dashboard-.*|.* rensa-test"));
    }

    @Test
    void shouldHaveAClusterToSpreadOver() {
        JsonNode cluster = Manifest.read(ROOT.resolve("k8s/overlays/kind/cluster.yaml"));

        assertThat(cluster.path("kind").asText()).isEqualTo("Cluster");
        assertThat(cluster.path("apiVersion").asText()).isEqualTo("kind.x-k8s.io/v1alpha4");
        assertThat(Manifest.elements(cluster.path("nodes"))
                        .map(node -> node.path("role").asText()))
                .containsExactly("control-plane", "worker", "worker", "worker");
    }

    @Test
    void shouldHaveAPodForMaintenanceThatFitsANodesVolume() {
        Manifest pod = new Manifest(Manifest.read(ROOT.resolve("k8s/maintenance.yaml")));
        KubernetesModel.parse(pod);
        Manifest nodes = Scenario.DEFAULT.object("StatefulSet", "rensa-node");
        JsonNode container = pod.containers().findFirst().orElseThrow();
        JsonNode ofChart = nodes.containers().findFirst().orElseThrow();

        assertThat(pod.at("/spec/securityContext")).isEqualTo(nodes.pod().at("/spec/securityContext"));
        assertThat(pod.at("/spec/volumes/0/persistentVolumeClaim/claimName").asText())
                .isEqualTo(
                        "%s-%s-0",
                        nodes.at("/spec/volumeClaimTemplates/0/metadata/name").asText(), nodes.name());
        for (String same : List.of("image", "securityContext", "resources")) {
            assertThat(container.path(same)).as(same).isEqualTo(ofChart.path(same));
        }
        assertThat(container.at("/volumeMounts/0/mountPath")).isEqualTo(ofChart.at("/volumeMounts/0/mountPath"));
    }

    private static JsonNode containerWithoutResources(Manifest object) {
        JsonNode container = object.containers().findFirst().orElseThrow().deepCopy();
        ((ObjectNode) container).remove("resources");
        return container;
    }

    private static Map<String, String> texts(Path folder, String below) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder.resolve(below))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                texts.put(folder.relativize(file).toString(), Files.readString(file));
            }
        }
        return texts;
    }
}
