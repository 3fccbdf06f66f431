package dev.rensa.network.deploy;

import static dev.rensa.network.deploy.Manifest.elements;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The file for those without Kubernetes. */
class ComposeTest {

    private static final List<String> NODES = List.of("node-1", "node-2", "node-3");

    private final ComposeFile compose = new ComposeFile();

    @Test
    void shouldStartThreeNodesAWalletAndAnExplorer() {
        assertThat(compose.services()).containsExactlyInAnyOrder("node-1", "node-2", "node-3", "wallet", "explorer");
        String version = Manifest.read(KubeTools.CHART.resolve("Chart.yaml"))
                .path("appVersion")
                .asText();
        for (String name : compose.services()) {
            assertThat(compose.service(name).get("image").asText())
                    .isEqualTo("${RENSA_REGISTRY:-}rensa/%s:${RENSA_TAG:-%s}", ComposeFile.kind(name), version);
        }
    }

    @Test
    void shouldGiveNodesTheAddressesThatTheyKnockAt() {
        assertThat(compose.subnet()).isEqualTo("172.16.0.0/16");
        Set<String> addresses = new HashSet<>();
        for (String name : NODES) {
            String address = compose.address(name).orElseThrow();
            assertThat(addresses.add(address)).as(address).isTrue();
            assertThat(Integer.parseInt(address.replace("172.16.0.", ""))).isBetween(2, 20);

            assertThat(compose.environment(name))
                    .containsEntry("RENSA_DISCOVERY_PROBE_HOSTS", "172.16.0.2-172.16.0.20")
                    .containsEntry("RENSA_PEER_HOST", "0.0.0.0")
                    .containsEntry("RENSA_NAME", name);
        }
        for (String variable : List.of("RENSA_WALLET_NODES", "RENSA_EXPLORER_NODES")) {
            String nodes = compose.environment(variable.contains("WALLET") ? "wallet" : "explorer")
                    .get(variable);
            assertThat(nodes.split(",")).hasSameSizeAs(NODES);
            assertThat(addresses).allMatch(address -> nodes.contains("http://" + address + ":8080"));
        }
    }

    @Test
    void shouldSetWhatTheServicesKnow() {
        for (String name : compose.services()) {
            ServiceSettings known = ServiceSettings.of(ComposeFile.kind(name));
            for (String variable : compose.environment(name).keySet()) {
                if (!variable.equals("JAVA_TOOL_OPTIONS")) {
                    assertThat(known.hasVariable(variable))
                            .as("%s of %s", variable, name)
                            .isTrue();
                }
            }
        }
    }

    @Test
    void shouldServeThisMachineAloneAndRunWithTheLeastRights() {
        for (String name : compose.services()) {
            Map<String, JsonNode> service = compose.service(name);
            assertThat(elements(service.get("ports")).map(JsonNode::asText))
                    .allMatch(port -> port.startsWith("127.0.0.1:"));
            assertThat(service.get("read_only").asBoolean()).isTrue();
            assertThat(service.get("cap_drop").get(0).asText()).isEqualTo("ALL");
            assertThat(service.get("security_opt").get(0).asText()).isEqualTo("no-new-privileges:true");
            assertThat(service.get("volumes").get(0).asText()).isEqualTo(name + ":/var/lib/rensa");
            assertThat(compose.volumes()).contains(name);
        }
    }
}
