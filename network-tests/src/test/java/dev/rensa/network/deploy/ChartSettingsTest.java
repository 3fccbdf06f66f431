package dev.rensa.network.deploy;

import static dev.rensa.network.deploy.Manifest.elements;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the chart sets are settings that the services have, and what they say fits the pods around them. */
class ChartSettingsTest {

    private static final List<String> SERVICES = List.of("node", "wallet", "explorer");

    @ParameterizedTest
    @MethodSource("dev.rensa.network.deploy.Scenario#all")
    void shouldSetWhatTheServicesKnow(Scenario scenario) {
        for (String service : SERVICES) {
            ServiceSettings known = ServiceSettings.of(service);
            scenario.objects().stream()
                    .filter(object ->
                            object.kind().equals("ConfigMap") && object.name().equals("rensa-" + service))
                    .flatMap(object -> object.settings().keySet().stream())
                    .forEach(key -> assertThat(known.has(key))
                            .as("%s of the %s, among %s", key, service, known)
                            .isTrue());
        }
    }

    @ParameterizedTest
    @MethodSource("dev.rensa.network.deploy.Scenario#all")
    void shouldSetVariablesThatTheServicesKnow(Scenario scenario) {
        for (String service : SERVICES) {
            ServiceSettings known = ServiceSettings.of(service);
            container(scenario, service)
                    .flatMap(container -> elements(container.path("env")))
                    .map(variable -> variable.path("name").asText())
                    .filter(variable -> variable.startsWith("RENSA_"))
                    .forEach(variable -> assertThat(known.hasVariable(variable))
                            .as("%s of the %s", variable, service)
                            .isTrue());
        }
    }

    @ParameterizedTest
    @MethodSource("dev.rensa.network.deploy.Scenario#all")
    void shouldListenWhereThePodSaysAndReadWhatIsMounted(Scenario scenario) {
        for (String service : SERVICES) {
            for (JsonNode container : container(scenario, service).toList()) {
                var settings = scenario.object("ConfigMap", "rensa-" + service).settings();
                assertThat(port(container, "http")).isEqualTo(settings.get("quarkus.http.port"));
                assertThat(port(container, "management")).isEqualTo(settings.get("quarkus.management.port"));
                if (service.equals("node")) {
                    assertThat(port(container, "peer")).isEqualTo(settings.get("rensa.peer.port"));
                }
                Set<String> mounts = elements(container.path("volumeMounts"))
                        .map(mount -> mount.path("mountPath").asText())
                        .collect(Collectors.toSet());
                settings.values().stream()
                        .filter(value -> value.startsWith("/"))
                        .forEach(path -> assertThat(mounts)
                                .as(path)
                                .anyMatch(mount -> path.equals(mount) || path.startsWith(mount + "/")));
            }
        }
    }

    @Test
    void shouldLetTheUsersSettingsHold() {
        var objects = Scenario.DEFAULT.render(
                "--set", "node.config.rensa\\.mempool\\.max-bytes=134217728",
                "--set", "node.config.rensa\\.discovery\\.interval=5s",
                "--set", "wallet.config.rensa\\.wallet\\.nodes=http://elsewhere:8080");

        assertThat(Scenario.find(objects, "ConfigMap", "rensa-node").settings())
                .containsEntry("rensa.mempool.max-bytes", "134217728")
                .containsEntry("rensa.discovery.interval", "5s");
        assertThat(Scenario.find(objects, "ConfigMap", "rensa-wallet").settings())
                .containsEntry("rensa.wallet.nodes", "http://elsewhere:8080");
    }

    private static Stream<JsonNode> container(Scenario scenario, String service) {
        return scenario.objects().stream()
                .filter(object -> object.hasPods() && object.name().equals("rensa-" + service))
                .flatMap(Manifest::containers);
    }

    private static String port(JsonNode container, String name) {
        return elements(container.path("ports"))
                .filter(port -> port.path("name").asText().equals(name))
                .map(port -> port.path("containerPort").asText())
                .findFirst()
                .orElseThrow();
    }
}
