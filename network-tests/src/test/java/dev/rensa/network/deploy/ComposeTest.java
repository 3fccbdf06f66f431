package dev.rensa.network.deploy;

import static dev.rensa.network.deploy.Manifest.elements;
import static dev.rensa.network.deploy.Manifest.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The file for those without Kubernetes. */
class ComposeTest {

    private static final List<String> NODES = List.of("node-1", "node-2", "node-3");

    private final JsonNode compose = Manifest.read(KubeTools.ROOT.resolve("compose.yaml"));

    @Test
    void shouldStartThreeNodesAWalletAndAnExplorer() {
        assertThat(names(compose.path("services")))
                .containsExactlyInAnyOrder("node-1", "node-2", "node-3", "wallet", "explorer");
        String version = Manifest.read(KubeTools.CHART.resolve("Chart.yaml"))
                .path("appVersion")
                .asText();
        for (String name : names(compose.path("services"))) {
            assertThat(merged(service(name)).get("image").asText())
                    .isEqualTo("${RENSA_REGISTRY:-}rensa/%s:${RENSA_TAG:-%s}", kind(name), version);
        }
    }

    @Test
    void shouldGiveNodesTheAddressesThatTheyKnockAt() {
        assertThat(compose.at("/networks/rensa/ipam/config/0/subnet").asText()).isEqualTo("172.16.0.0/16");
        Set<String> addresses = new HashSet<>();
        for (String name : NODES) {
            String address = service(name).at("/networks/rensa/ipv4_address").asText();
            assertThat(addresses.add(address)).as(address).isTrue();
            assertThat(Integer.parseInt(address.replace("172.16.0.", ""))).isBetween(2, 20);

            assertThat(environment(name))
                    .containsEntry("RENSA_DISCOVERY_PROBE_HOSTS", "172.16.0.2-172.16.0.20")
                    .containsEntry("RENSA_PEER_HOST", "0.0.0.0")
                    .containsEntry("RENSA_NAME", name);
        }
        for (String variable : List.of("RENSA_WALLET_NODES", "RENSA_EXPLORER_NODES")) {
            String nodes = environment(variable.contains("WALLET") ? "wallet" : "explorer")
                    .get(variable);
            assertThat(nodes.split(",")).hasSameSizeAs(NODES);
            assertThat(addresses).allMatch(address -> nodes.contains("http://" + address + ":8080"));
        }
    }

    @Test
    void shouldSetWhatTheServicesKnow() {
        for (String name : names(compose.path("services"))) {
            ServiceSettings known = ServiceSettings.of(kind(name));
            for (String variable : environment(name).keySet()) {
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
        for (String name : names(compose.path("services"))) {
            Map<String, JsonNode> service = merged(service(name));
            assertThat(elements(service.get("ports")).map(JsonNode::asText))
                    .allMatch(port -> port.startsWith("127.0.0.1:"));
            assertThat(service.get("read_only").asBoolean()).isTrue();
            assertThat(service.get("cap_drop").get(0).asText()).isEqualTo("ALL");
            assertThat(service.get("security_opt").get(0).asText()).isEqualTo("no-new-privileges:true");
            assertThat(service.get("volumes").get(0).asText()).isEqualTo(name + ":/var/lib/rensa");
            assertThat(names(compose.path("volumes"))).contains(name);
        }
    }

    private JsonNode service(String name) {
        return compose.path("services").path(name);
    }

    private Map<String, String> environment(String service) {
        Map<String, String> values = new TreeMap<>();
        merged(service(service).path("environment")).forEach((name, value) -> values.put(name, value.asText()));
        return values;
    }

    /** The mapping with what it takes in by {@code <<}; Jackson gives the anchor's name and leaves the merging to us. */
    private Map<String, JsonNode> merged(JsonNode mapping) {
        Map<String, JsonNode> all = new TreeMap<>();
        JsonNode base = mapping.path("<<");
        if (!base.isMissingNode()) {
            JsonNode from = base.isObject() ? base : compose.path("x-" + base.asText());
            all.putAll(merged(from));
        }
        mapping.properties().stream()
                .filter(entry -> !entry.getKey().equals("<<"))
                .forEach(entry -> all.put(entry.getKey(), entry.getValue()));
        return all;
    }

    private static String kind(String service) {
        return service.startsWith("node-") ? "node" : service;
    }

    private static List<String> names(JsonNode mapping) {
        return List.copyOf(texts(mapping).keySet());
    }
}
