package dev.rensa.explorer.web;

import dev.rensa.explorer.api.LabInfo;
import dev.rensa.explorer.api.LabInfo.LabNodeInfo;
import dev.rensa.protocol.api.LabView.LinkFaultView;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A link that the lab disturbs, whichever of its two nodes does so.
 *
 * @param key of both nodes, for the page
 * @param fault as the node with the lower key has it, else as the other one has it
 */
public record DisturbedLink(String key, String a, String aName, String b, String bName, LinkFaultView fault) {

    static List<DisturbedLink> of(LabInfo lab) {
        Map<String, LabNodeInfo> nodes =
                lab.nodes().stream().collect(Collectors.toMap(LabNodeInfo::nodeKey, Function.identity()));
        Map<String, DisturbedLink> links = new TreeMap<>();
        lab.nodes().stream()
                .sorted((one, other) -> one.nodeKey().compareTo(other.nodeKey()))
                .forEach(node -> Optional.ofNullable(node.links())
                        .orElse(List.of())
                        .forEach(fault -> {
                            DisturbedLink link = between(node, nodes.get(fault.nodeKey()), fault);
                            links.putIfAbsent(link.key(), link);
                        }));
        return List.copyOf(links.values());
    }

    private static DisturbedLink between(LabNodeInfo node, @Nullable LabNodeInfo other, LinkFaultView fault) {
        String otherKey = fault.nodeKey();
        String otherName = other == null ? otherKey.substring(0, 8) : other.name();
        return node.nodeKey().compareTo(otherKey) < 0
                ? new DisturbedLink(
                        node.nodeKey() + "-" + otherKey, node.nodeKey(), node.name(), otherKey, otherName, fault)
                : new DisturbedLink(
                        otherKey + "-" + node.nodeKey(), otherKey, otherName, node.nodeKey(), node.name(), fault);
    }
}
