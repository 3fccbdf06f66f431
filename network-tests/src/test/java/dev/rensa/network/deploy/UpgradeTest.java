package dev.rensa.network.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A release that is upgraded, or rolled back, asks for nothing that Kubernetes forbids to change. */
class UpgradeTest {

    /** Of a StatefulSet's spec, all that may change; of the rest a server refuses every change. */
    private static final Set<String> CHANGEABLE = Set.of(
            "replicas",
            "ordinals",
            "template",
            "updateStrategy",
            "revisionHistoryLimit",
            "persistentVolumeClaimRetentionPolicy",
            "minReadySeconds");

    @TempDir
    Path newer;

    @BeforeEach
    void makeTheNextVersion() throws IOException {
        try (Stream<Path> files = Files.walk(KubeTools.CHART)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = newer.resolve(KubeTools.CHART.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.writeString(copy, Files.readString(file).replace("0.1.0-SNAPSHOT", "9.8.7"));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.rensa.network.deploy.Scenario#all")
    void shouldLeaveAloneWhatCannotChange(Scenario scenario) {
        List<Manifest> upgraded = scenario.renderFrom(newer);

        assertThat(upgraded)
                .map(Manifest::toString)
                .isEqualTo(scenario.objects().stream().map(Manifest::toString).toList());
        for (Manifest before : scenario.objects()) {
            Manifest after = Scenario.find(upgraded, before.kind(), before.name());
            assertThat(fixed(after)).as(before.toString()).isEqualTo(fixed(before));
        }
        assertThat(Scenario.find(upgraded, "StatefulSet", "rensa-node")
                        .at("/metadata/labels/app.kubernetes.io~1version")
                        .asText())
                .isEqualTo("9.8.7");
    }

    @Test
    void shouldTakeOtherValuesWithoutANewRelease() {
        List<Manifest> changed = Scenario.DEFAULT.render(
                "--set", "node.replicas=7,image.tag=9.8.7,node.mining.mode=on-demand,commonLabels.team=chain",
                "--set",
                        "wallet.config.rensa\\.wallet\\.confirmations=12,production=false,networkPolicy.enabled=false");

        for (Manifest before : Scenario.DEFAULT.objects()) {
            if (changed.stream().anyMatch(it -> it.toString().equals(before.toString()))) {
                assertThat(fixed(Scenario.find(changed, before.kind(), before.name())))
                        .as(before.toString())
                        .isEqualTo(fixed(before));
            }
        }
    }

    /** What of an object must be the same for ever. */
    private static JsonNode fixed(Manifest object) {
        ObjectNode spec = object.at("/spec") instanceof ObjectNode present
                ? present.deepCopy()
                : JsonNodeFactory.instance.objectNode();
        return switch (object.kind()) {
            case "StatefulSet" -> spec.without(CHANGEABLE);
            case "Deployment" -> spec.path("selector");
            case "Service" -> spec.path("clusterIP");
            case "PersistentVolumeClaim" -> spec;
            default -> JsonNodeFactory.instance.missingNode();
        };
    }
}
