package dev.rensa.bench.wallet;

import dev.rensa.bench.report.Figure;
import dev.rensa.bench.report.Report;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** (i) Transfers of one account that a wallet accepts a second: each is durable, with a nonce to come, when it is answered. */
public final class WalletBench {

    private static final int CONNECTIONS = 64;
    private static final long HASHES_A_SECOND = 20_000;
    private static final Duration BOUND = Duration.ofMinutes(5);

    private WalletBench() {}

    /** Measures with so many transfers, behind half as many that warm both JVMs up. */
    public static void run(Report report, Path directory, int transfers) {
        FundedAccount treasury = new FundedAccount(0);
        Genesis genesis = TestGenesis.of("bench", HASHES_A_SECOND, Block.MAX_TRANSACTION_BYTES, List.of(treasury));
        Map<String, String> node = Map.of("rensa.mempool.max-per-sender", "1000000");
        Map<String, String> settings = Map.of("rensa.wallet.access.requests-per-second", "1000000");
        try (LocalNetwork network = new LocalNetwork(directory, 1, genesis, node);
                LocalWallet wallet = new LocalWallet(network, "wallet", settings)) {
            wallet.start();
            network.start(1);
            wallet.awaitReady();
            WalletAccount payer = wallet.client().create("payer");
            fund(network, genesis, treasury, payer.address());
            String recipient = new Address(genesis.addressPrefix(), new FundedAccount(1).publicKey()).toString();

            pay(wallet, payer, recipient, "warm", transfers / 2);
            Duration cpuBefore = wallet.cpuTime();
            long began = System.nanoTime();
            pay(wallet, payer, recipient, "measured", transfers);
            double seconds = (System.nanoTime() - began) / 1e9;
            double micros = wallet.cpuTime().minus(cpuBefore).toNanos() / 1e3 / transfers;

            report.add(Figure.of(
                    "i",
                    "wallet accepts, one account",
                    transfers / seconds,
                    "transfers/s",
                    "%d connections, each with an Idempotency-Key, %.0f µs of the wallet's CPU a transfer"
                            .formatted(CONNECTIONS, micros)));
            awaitPaid(network.nodes().getFirst(), recipient, transfers / 2 + transfers);
            report.add(Figure.of(
                    "i",
                    "wallet pays, one account",
                    transfers / ((System.nanoTime() - began) / 1e9),
                    "transfers/s",
                    "until the last of the same is in a block, once each"));
        }
    }

    private static void fund(LocalNetwork network, Genesis genesis, FundedAccount treasury, String address) {
        LocalNode node = network.nodes().getFirst();
        node.client()
                .submit(List.of(treasury.transfer(
                        genesis.networkHash(),
                        Address.parse(address, genesis.addressPrefix()).key(),
                        Amount.ofCoins(1),
                        Amount.ZERO)));
        Await.until(
                "the wallet has coins",
                BOUND,
                network::summary,
                () -> node.client().account(address).balance() > 0);
    }

    private static void awaitPaid(LocalNode node, String recipient, long mon) {
        Await.until(
                mon + " transfers are mined",
                BOUND,
                Duration.ofMillis(100),
                () -> Long.toString(node.client().account(recipient).balance()),
                () -> node.client().account(recipient).balance() == mon);
    }

    /** Every connection sends its share, one after another; whatever is refused ends the measurement. */
    private static void pay(LocalWallet wallet, WalletAccount payer, String recipient, String name, int transfers) {
        try (ExecutorService clients = Executors.newFixedThreadPool(CONNECTIONS)) {
            List<Future<?>> shares = new ArrayList<>();
            for (int client = 0; client < CONNECTIONS; client++) {
                int first = client;
                shares.add(clients.submit(() -> {
                    for (int number = first; number < transfers; number += CONNECTIONS) {
                        wallet.client().transfer(payer.wallet(), 0, recipient, 1, name + "-" + number);
                    }
                }));
            }
            for (Future<?> share : shares) {
                share.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a transfer was not accepted", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
