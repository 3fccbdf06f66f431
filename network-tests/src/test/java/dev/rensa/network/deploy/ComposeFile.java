package dev.rensa.network.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** compose.yaml, read as docker and podman read it. */
final class ComposeFile {

    private final JsonNode tree = Manifest.read(KubeTools.ROOT.resolve("compose.yaml"));

    List<String> services() {
        return names(tree.path("services"));
    }

    List<String> volumes() {
        return names(tree.path("volumes"));
    }

    String subnet() {
        return tree.at("/networks/rensa/ipam/config/0/subnet").asText();
    }

    /** Where services without a fixed address get theirs. */
    String range() {
        return tree.at("/networks/rensa/ipam/config/0/ip_range").asText();
    }

    /** A service with all that it takes over from others. */
    Map<String, JsonNode> service(String name) {
        return merged(tree.path("services").path(name));
    }

    Map<String, String> environment(String service) {
        Map<String, String> values = new TreeMap<>();
        merged(tree.path("services").path(service).path("environment"))
                .forEach((name, value) -> values.put(name, value.asText()));
        return values;
    }

    Optional<String> address(String service) {
        JsonNode address = tree.path("services").path(service).at("/networks/rensa/ipv4_address");
        return address.isMissingNode() ? Optional.empty() : Optional.of(address.asText());
    }

    /** Which of our services it is: {@code node}, {@code wallet} or {@code explorer}. */
    static String kind(String service) {
        return service.startsWith("node-") ? "node" : service;
    }

    /** The mapping with what it takes in by {@code <<}; Jackson gives the anchor's name and leaves the merging to us. */
    private Map<String, JsonNode> merged(JsonNode mapping) {
        Map<String, JsonNode> all = new TreeMap<>();
        JsonNode base = mapping.path("<<");
        if (!base.isMissingNode()) {
            JsonNode from = base.isObject() ? base : tree.path("x-" + base.asText());
            all.putAll(merged(from));
        }
        mapping.properties().stream()
                .filter(entry -> !entry.getKey().equals("<<"))
                .forEach(entry -> all.put(entry.getKey(), entry.getValue()));
        return all;
    }

    private static List<String> names(JsonNode mapping) {
        return List.copyOf(Manifest.texts(mapping).keySet());
    }
}
