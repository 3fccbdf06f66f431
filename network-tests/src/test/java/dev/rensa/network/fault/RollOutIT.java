package dev.rensa.network.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.network.cluster.Await;
import dev.rensa.network.cluster.FundedAccount;
import dev.rensa.network.cluster.LocalNetwork;
import dev.rensa.network.cluster.LocalNode;
import dev.rensa.network.cluster.TestGenesis;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.genesis.Genesis;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A new version rolled out under load, as a StatefulSet does it: from the last node to the first, each when the former is ready. */
class RollOutIT {

    private static final long EXPECTED_HASHES = 30_000;
    private static final int TRANSFERS_MEANWHILE = 50;
    private static final Duration STOP_BOUND = Duration.ofSeconds(10);
    private static final Duration BOUND = Duration.ofSeconds(30);

    /** A node that lives for seconds gains nothing by the compiler that optimises for hours. */
    private static final List<String> BACK_SOON = List.of("-XX:TieredStopAtLevel=1");

    /** 128 + 15: ended by SIGTERM. */
    private static final int TERMINATED = 143;

    @TempDir
    Path directory;

    @Test
    void shouldLoseNoConfirmedTransaction() {
        List<FundedAccount> accounts =
                IntStream.range(0, 8).mapToObj(FundedAccount::new).toList();
        Genesis genesis = TestGenesis.of("roll-out", EXPECTED_HASHES, Block.MAX_TRANSACTION_BYTES / 8, accounts);
        try (LocalNetwork network = new LocalNetwork(directory, 3, genesis, Map.of());
                TransferLoad load = new TransferLoad(network, genesis, accounts)) {
            network.start(3);
            load.start();
            Await.until(
                    "blocks with transfers are confirmed",
                    BOUND,
                    network::summary,
                    () -> highest(network) >= 2 * ConfirmedBlock.CONFIRMATIONS);

            List<ConfirmedBlock> confirmed = new ArrayList<>();
            for (LocalNode node : network.nodes().reversed()) {
                confirmed.add(ConfirmedBlock.on(node));
                replace(node, load);
                ConfirmedBlock before = confirmed.getLast();
                before.assertOnAll(network.running(), "when " + node.name() + " was replaced");
            }

            load.stop();
            network.awaitAgreement();
            confirmed.forEach(block -> block.assertOnAll(network.running(), "in the end"));
            load.assertAllMined(network.nodes().getFirst());
        }
    }

    private static void replace(LocalNode node, TransferLoad load) {
        assertThat(node.terminate(STOP_BOUND)).as(node.name()).isEqualTo(TERMINATED);
        // Whoever sends notices nothing.
        load.awaitFurther(TRANSFERS_MEANWHILE);
        node.start(BACK_SOON);
        node.awaitReady();
    }

    private static long highest(LocalNetwork network) {
        return network.running().stream()
                .mapToLong(node -> node.client().status().height())
                .max()
                .orElseThrow();
    }
}
