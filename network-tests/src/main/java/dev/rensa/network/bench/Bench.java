package dev.rensa.network.bench;

import dev.rensa.network.cluster.Await;
import dev.rensa.network.cluster.FundedAccount;
import dev.rensa.network.cluster.LocalNetwork;
import dev.rensa.network.cluster.LocalNode;
import dev.rensa.network.cluster.TestGenesis;
import dev.rensa.protocol.genesis.Genesis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * {@code ./rensa bench}: confirmed transfers a second on three nodes, then how fast a fourth node that has nothing
 * catches up. Each figure stands beside the ceiling measured in the same run.
 */
public final class Bench {

    private static final int NODES = 3;
    private static final int ACCOUNTS = 60;
    private static final int TRANSFERS_PER_ACCOUNT = Integer.getInteger("bench.transfers-per-account", 6_000);
    private static final Duration BOUND = Duration.ofSeconds(Integer.getInteger("bench.seconds", 60));

    /** Three nodes of 20,000 hashes a second find a block once a second. */
    private static final long EXPECTED_HASHES = 60_000;

    private static final int BLOCK_BYTES = 4 << 20;
    private static final Duration CATCH_UP_BOUND = Duration.ofMinutes(10);

    private Bench() {}

    public static void main(String[] arguments) throws IOException {
        Path directory = Files.createTempDirectory(Path.of(arguments.length > 0 ? arguments[0] : "."), "bench-");
        double ceiling = SignatureCeiling.measure();
        System.out.printf("signature checks, all cores:       %,10.0f a second%n", ceiling);
        List<FundedAccount> accounts = SignedLoad.accounts(ACCOUNTS);
        Genesis genesis = TestGenesis.of("bench", EXPECTED_HASHES, BLOCK_BYTES, accounts);
        SignedLoad load = SignedLoad.sign(genesis, accounts, TRANSFERS_PER_ACCOUNT);
        System.out.printf("signed beforehand:                 %,10d transfers%n", load.total());
        try (LocalNetwork network = new LocalNetwork(directory, NODES + 1, genesis, Map.of())) {
            network.start(NODES);
            Throughput.Result result = Throughput.measure(network, load, BOUND);
            System.out.printf(
                    "confirmed on three nodes:          %,10.0f a second (%,d in %.1f s, %,d refused); ceiling %,.0f; %.0f %%%n",
                    result.perSecond(),
                    result.confirmed(),
                    result.seconds(),
                    result.refused(),
                    ceiling / NODES,
                    100 * result.perSecond() * NODES / ceiling);
            catchUp(network, load, ceiling);
        }
    }

    private static void catchUp(LocalNetwork network, SignedLoad load, double ceiling) {
        network.awaitAgreement();
        LocalNode seed = network.nodes().getFirst();
        long transfers = load.confirmedOn(seed);
        network.nodes().subList(1, NODES).forEach(LocalNode::stop);
        seed.client().setMining(false);
        String goal = seed.client().status().tip();
        LocalNode joiner = network.nodes().get(NODES);
        joiner.start();
        joiner.awaitLive();
        Await.until(
                "the fourth node has a peer",
                CATCH_UP_BOUND,
                network::summary,
                () -> joiner.client().status().peers() > 0);
        long start = System.nanoTime();
        Await.until(
                "the fourth node has caught up",
                CATCH_UP_BOUND,
                network::summary,
                () -> joiner.client().status().tip().equals(goal));
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                "catch-up of a fourth node:         %,10.0f a second (%,d transfers in %.1f s); ceiling %,.0f; %.0f %%%n",
                transfers / seconds, transfers, seconds, ceiling, 100 * transfers / seconds / ceiling);
    }
}
