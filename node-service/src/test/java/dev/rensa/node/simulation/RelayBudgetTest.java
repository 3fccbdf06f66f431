package dev.rensa.node.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.node.gossip.RelayListener.CompactOutcome;
import dev.rensa.node.gossip.RelayListener.TransactionEvent;
import dev.rensa.protocol.transaction.Transaction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What relaying costs: bytes of all frames, a transaction and node, in a network where everybody is connected to everybody. */
class RelayBudgetTest {

    private static final int MAX_BLOCK_BYTES = 1 << 20;

    /** How many transactions' sizes a transaction may cost each node on average, everything included. */
    @ParameterizedTest
    @CsvSource({"3, 1.5", "10, 2.0", "50, 2.5"})
    void shouldCostLittleMoreThanEachTransactionOnce(int nodes, double budget) {
        World world = new World(Seeds.first(), MAX_BLOCK_BYTES);
        world.network().mesh().latency(5, 80).start();
        world.addNodes(nodes).pinAccounts().runFor(5_000);
        world.traffic().count();

        world.transferEvery(10).mineEvery(4_000).runFor(20_000);
        world.settle();

        Traffic traffic = world.traffic();
        int transactions = world.observer().taken().size();
        double bytes = (double) traffic.bytes() / nodes / transactions;
        System.out.printf(
                "%d nodes, %d transactions: %.1f bytes a transaction and node, %.2f times its size; %s%n",
                nodes, transactions, bytes, bytes / Transaction.MIN_BYTES, traffic);
        assertThat(transactions).isGreaterThan(1_000);
        assertThat(bytes / Transaction.MIN_BYTES).isLessThanOrEqualTo(budget);
        assertThat(traffic.of(TransactionEvent.DUPLICATE)).isLessThanOrEqualTo(transactions * nodes / 100);
        assertRebuilt(traffic, nodes);
        world.checkEverything();
    }

    private static void assertRebuilt(Traffic traffic, int nodes) {
        int rebuilt = traffic.of(CompactOutcome.REBUILT);
        int all = rebuilt + traffic.of(CompactOutcome.ASKED) + traffic.of(CompactOutcome.WHOLE);
        assertThat(all).isGreaterThanOrEqualTo(nodes - 1);
        assertThat((double) rebuilt / all).isGreaterThanOrEqualTo(0.95);
    }
}
