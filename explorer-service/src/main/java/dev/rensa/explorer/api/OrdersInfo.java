package dev.rensa.explorer.api;

import dev.rensa.explorer.lab.OrderReport;
import java.util.List;

/**
 * What became of an order.
 *
 * @param done whether every node did it
 * @param orders each node's report
 * @param bridges names of reachable nodes that a split left out: what passes through them joins the two sides
 */
public record OrdersInfo(boolean done, List<OrderReport> orders, List<String> bridges) {

    static OrdersInfo of(List<OrderReport> orders) {
        return of(orders, List.of());
    }

    static OrdersInfo of(List<OrderReport> orders, List<String> bridges) {
        return new OrdersInfo(orders.stream().allMatch(OrderReport::done), orders, bridges);
    }
}
