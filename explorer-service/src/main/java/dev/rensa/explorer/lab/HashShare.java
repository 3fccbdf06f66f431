package dev.rensa.explorer.lab;

import dev.rensa.explorer.observe.NodeView;
import dev.rensa.protocol.api.MiningView;
import java.util.Collection;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * Which part of all hashes some nodes try.
 *
 * @param share 0 to 1
 * @param basis {@code measured} by the nodes over the last seconds, or, where no miner runs, reckoned from their {@code caps}
 */
public record HashShare(double share, String basis) {

    /** The share of some nodes among all. */
    public static HashShare of(Collection<NodeView> all, Set<String> keys) {
        double measured = sum(all, MiningView::hashesPerSecond);
        return measured > 0
                ? new HashShare(part(all, keys, MiningView::hashesPerSecond) / measured, "measured")
                : new HashShare(
                        part(all, keys, MiningView::maxHashesPerSecond)
                                / Math.max(1, sum(all, MiningView::maxHashesPerSecond)),
                        "caps");
    }

    private static double part(Collection<NodeView> all, Set<String> keys, ToDoubleFunction<MiningView> rate) {
        return sum(all.stream().filter(node -> keys.contains(node.identity())).toList(), rate);
    }

    private static double sum(Collection<NodeView> nodes, ToDoubleFunction<MiningView> rate) {
        return nodes.stream()
                .flatMap(node -> node.report().stream())
                .mapToDouble(report -> rate.applyAsDouble(report.status().mining()))
                .sum();
    }
}
