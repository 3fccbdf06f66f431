package dev.rensa.network.fault;

import dev.rensa.network.cluster.Await;
import dev.rensa.network.cluster.FundedAccount;
import dev.rensa.network.cluster.LocalNetwork;
import dev.rensa.network.cluster.LocalNode;
import dev.rensa.network.cluster.TestGenesis;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.genesis.Genesis;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills nodes at random moments under load, again and again: as often as {@code -Dkills=N} says. {@code -Dseed=N} repeats
 * the choices of a run (not the moments: those are the machine's).
 */
class SigkillIT {

    private static final int KILLS = Integer.getInteger("kills", 8);
    private static final long EXPECTED_HASHES = 30_000;
    private static final Duration CATCH_UP_BOUND = Duration.ofSeconds(60);

    /** A node that lives for seconds gains nothing by the compiler that optimises for hours. */
    private static final List<String> BACK_SOON = List.of("-XX:TieredStopAtLevel=1");

    @TempDir
    Path directory;

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);

    @Test
    void shouldLoseNoConfirmedBlockWhenNodesAreKilledUnderLoad() {
        System.out.println("SigkillIT -Dseed=" + seed + " -Dkills=" + KILLS);
        List<FundedAccount> accounts =
                IntStream.range(0, 8).mapToObj(FundedAccount::new).toList();
        Genesis genesis = TestGenesis.of("sigkill", EXPECTED_HASHES, Block.MAX_TRANSACTION_BYTES / 8, accounts);
        try (LocalNetwork network = new LocalNetwork(directory, 3, genesis, Map.of());
                TransferLoad load = new TransferLoad(network, genesis, accounts)) {
            network.start(3);
            load.start();

            for (int kill = 1; kill <= KILLS; kill++) {
                killAndBringBack(network, load, kill);
            }

            load.stop();
            long accepted = load.accepted();
            String head = network.awaitAgreement();
            System.out.printf("%d kills, %d transfers accepted, head %s%n", KILLS, accepted, head);
            load.assertAllMined(network.nodes().getFirst());
        }
    }

    private void killAndBringBack(LocalNetwork network, TransferLoad load, int kill) {
        LocalNode victim = network.nodes().get(random.nextInt(network.nodes().size()));
        // The moment is a number of further transfers: under load that is a random time, and it waits for progress.
        load.awaitFurther(1 + random.nextInt(200));
        ConfirmedBlock confirmed = ConfirmedBlock.on(victim);

        victim.kill();
        load.awaitFurther(1 + random.nextInt(100));
        victim.start(BACK_SOON);
        victim.awaitReady();

        Await.until(
                "kill %d (seed %d): %s has caught up".formatted(kill, seed, victim.name()),
                CATCH_UP_BOUND,
                network::summary,
                () -> victim.client().status().height() >= highest(network) - 1);
        confirmed.assertOnAll(network.running(), "kill %d (seed %d)".formatted(kill, seed));
    }

    private static long highest(LocalNetwork network) {
        return network.running().stream()
                .mapToLong(node -> node.client().status().height())
                .max()
                .orElseThrow();
    }
}
