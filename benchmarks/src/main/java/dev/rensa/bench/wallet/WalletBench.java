package dev.rensa.bench.wallet;

import dev.rensa.bench.database.BenchPostgres;
import dev.rensa.bench.report.Figure;
import dev.rensa.bench.report.Report;
import dev.rensa.network.client.RefusedException;
import dev.rensa.network.client.WalletClient.WalletAccount;
import dev.rensa.network.cluster.Await;
import dev.rensa.network.cluster.FundedAccount;
import dev.rensa.network.cluster.LocalNetwork;
import dev.rensa.network.cluster.LocalNode;
import dev.rensa.network.cluster.LocalWallet;
import dev.rensa.network.cluster.TestGenesis;
import dev.rensa.protocol.address.Address;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.genesis.Genesis;
import dev.rensa.protocol.money.Amount;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** (i) Transfers of one account that a wallet accepts a second: each is durable, with its nonce, when it is answered. */
public final class WalletBench {

    private static final int CONNECTIONS = 64;
    private static final long HASHES_A_SECOND = 20_000;
    private static final Duration BOUND = Duration.ofMinutes(5);

    /** Orders before the measured ones, in transfers of one round: the JVMs' compilers take a fifth of the machine at first. */
    private static final int WARM_UP = 2;

    /** Measured one behind the other. */
    private static final int ROUNDS = 3;

    private final Report report;
    private final FundedAccount treasury = new FundedAccount(0);
    private final Genesis genesis =
            TestGenesis.of("bench", HASHES_A_SECOND, Block.MAX_TRANSACTION_BYTES, List.of(treasury));
    private final String recipient = new Address(genesis.addressPrefix(), new FundedAccount(1).publicKey()).toString();
    private final int transfers;

    private WalletBench(Report report, int transfers) {
        this.report = report;
        this.transfers = transfers;
    }

    /** Measures rounds of so many transfers, with either database and a network of its own. */
    public static void run(Report report, Path directory, int transfers) {
        new WalletBench(report, transfers).measure("SQLite", directory.resolve("sqlite"), Map.of());
        try (BenchPostgres postgres = new BenchPostgres(directory)) {
            new WalletBench(report, transfers)
                    .measure("PostgreSQL", directory.resolve("postgres-wallet"), postgres.settings("wallet"));
        }
    }

    private void measure(String database, Path directory, Map<String, String> databaseSettings) {
        Map<String, String> settings = new HashMap<>(databaseSettings);
        settings.put("rensa.wallet.access.requests-per-second", "1000000");
        Map<String, String> nodeSettings = Map.of("rensa.mempool.max-per-sender", "1000000");
        try (LocalNetwork network = new LocalNetwork(directory, 1, genesis, nodeSettings);
                LocalWallet wallet = new LocalWallet(network, "wallet", settings);
                Payers payers = new Payers(wallet.url(), CONNECTIONS)) {
            wallet.start();
            network.start(1);
            wallet.awaitReady();
            LocalNode node = network.nodes().getFirst();
            WalletAccount payer = wallet.client().create("payer");
            fund(network, node, payer.address());
            payers.pay(order(payer, "warm", WARM_UP * transfers), BOUND);
            awaitPaid(node, (long) WARM_UP * transfers);
            List<Round> rounds = IntStream.range(0, ROUNDS)
                    .mapToObj(number -> round(payers, payer, wallet, node, number))
                    .toList();
            report(database, rounds);
        }
    }

    /**
     * One measured.
     *
     * @param accepted transfers a second until all are accepted
     * @param paid the same until the last of them is in a block
     * @param walletMicros CPU time of the wallet until then, a transfer
     * @param nodeMicros CPU time of the node until then, a transfer
     */
    private record Round(double accepted, double paid, double walletMicros, double nodeMicros) {}

    private Round round(Payers payers, WalletAccount payer, LocalWallet wallet, LocalNode node, int number) {
        Duration walletBefore = wallet.cpuTime();
        Duration nodeBefore = node.cpuTime();
        long began = System.nanoTime();
        payers.pay(order(payer, "round-" + number, transfers), BOUND);
        double acceptedSeconds = (System.nanoTime() - began) / 1e9;
        awaitPaid(node, (WARM_UP + number + 1L) * transfers);
        double paidSeconds = (System.nanoTime() - began) / 1e9;
        return new Round(
                transfers / acceptedSeconds,
                transfers / paidSeconds,
                micros(walletBefore, wallet.cpuTime()),
                micros(nodeBefore, node.cpuTime()));
    }

    private void report(String database, List<Round> rounds) {
        String cpu = "%.0f µs of the wallet's CPU and %.0f µs of the node's a transfer until it is paid"
                .formatted(median(rounds, Round::walletMicros), median(rounds, Round::nodeMicros));
        report.add(Figure.of(
                "i",
                "wallet accepts, one account, " + database,
                median(rounds, Round::accepted),
                "transfers/s",
                report.ceilingAround(),
                "%d connections, each transfer with an Idempotency-Key; median of %s; %s"
                        .formatted(CONNECTIONS, texts(rounds, Round::accepted), cpu)));
        report.add(Figure.of(
                "i",
                "wallet pays, one account, " + database,
                median(rounds, Round::paid),
                "transfers/s",
                "until the last of a round is in a block, once each; median of " + texts(rounds, Round::paid)));
    }

    private static double median(List<Round> rounds, ToDoubleFunction<Round> value) {
        return rounds.stream().mapToDouble(value).sorted().toArray()[rounds.size() / 2];
    }

    private static String texts(List<Round> rounds, ToDoubleFunction<Round> value) {
        return rounds.stream()
                .map(round -> "%,.0f".formatted(value.applyAsDouble(round)))
                .collect(Collectors.joining(" / "));
    }

    private Payers.Order order(WalletAccount payer, String name, int count) {
        return new Payers.Order(
                "/wallets/" + payer.wallet() + "/transfers",
                "{\"recipient\":\"%s\",\"amount\":1,\"fee\":0}".formatted(recipient),
                name,
                count);
    }

    private double micros(Duration before, Duration after) {
        return after.minus(before).toNanos() / 1e3 / transfers;
    }

    private void fund(LocalNetwork network, LocalNode node, String address) {
        node.client()
                .submit(List.of(treasury.transfer(
                        genesis.networkHash(),
                        Address.parse(address, genesis.addressPrefix()).key(),
                        Amount.ofCoins(1),
                        Amount.ZERO)));
        Await.until("the wallet has coins", BOUND, network::summary, () -> balance(node, address) > 0);
    }

    /** Nothing while the node is too busy to tell. */
    private static long balance(LocalNode node, String address) {
        try {
            return node.client().account(address).balance();
        } catch (RefusedException busy) {
            return 0;
        }
    }

    private void awaitPaid(LocalNode node, long mon) {
        Await.until(
                mon + " transfers are mined",
                BOUND,
                Duration.ofMillis(100),
                () -> Long.toString(balance(node, recipient)),
                () -> balance(node, recipient) == mon);
    }
}
