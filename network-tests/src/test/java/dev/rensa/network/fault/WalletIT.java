package dev.rensa.network.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.network.client.WalletClient.TransferView;
import dev.rensa.network.client.WalletClient.WalletAccount;
import dev.rensa.network.cluster.Await;
import dev.rensa.network.cluster.FundedAccount;
import dev.rensa.network.cluster.LocalNetwork;
import dev.rensa.network.cluster.LocalNode;
import dev.rensa.network.cluster.LocalWallet;
import dev.rensa.network.cluster.TestGenesis;
import dev.rensa.protocol.address.Address;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.genesis.Genesis;
import dev.rensa.protocol.money.Amount;
import dev.rensa.protocol.transaction.Transaction;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a wallet has accepted becomes final, each transfer once: under a thousand requests at once, and while wallet, node
 * and database are killed. {@code -Dpayments.each=N} says how many of them each of a hundred accounts makes.
 */
class WalletIT {

    private static final int AT_ONCE = 1_000;
    private static final int ACCOUNTS = 100;

    /** {@code -Dpayments.each=100} plays the whole, which takes some minutes. */
    private static final int EACH = Integer.getInteger("payments.each", 10);

    /** Connections that a machine of any size takes without noticing. */
    private static final int CONNECTIONS = 250;

    private static final long EXPECTED_HASHES = 30_000;
    private static final Duration FINAL_BOUND = Duration.ofSeconds(90);
    private static final Duration FUNDED_BOUND = Duration.ofSeconds(30);
    private static final Map<String, String> WALLET_SETTINGS =
            Map.of("rensa.wallet.confirmations", "4", "rensa.wallet.resubmit-interval", "2s");

    @TempDir
    Path directory;

    private final FundedAccount treasury = new FundedAccount(0);
    private final Genesis genesis =
            TestGenesis.of("wallet-runs", EXPECTED_HASHES, Block.MAX_TRANSACTION_BYTES / 4, List.of(treasury));

    @Test
    void shouldMakeEveryAcceptedTransferFinalOnceThoughEverythingIsKilled() throws Exception {
        try (LocalPostgres postgres =
                        LocalPostgres.at(directory.resolve("postgres").resolve("data"));
                LocalNetwork network = new LocalNetwork(directory, 2, genesis, Map.of());
                LocalWallet onFile = new LocalWallet(network, "wallet", WALLET_SETTINGS);
                LocalWallet onServer = new LocalWallet(network, "wallet-postgresql", with(postgres.walletSettings()))) {
            onFile.start();
            onServer.start();
            network.start(2);
            onFile.awaitReady();
            onServer.awaitReady();
            Payer one = Payer.make(onFile, 1);
            Payer hundred = Payer.make(onFile, ACCOUNTS);
            Payer shared = Payer.make(onServer, 1);
            fund(network, List.of(one, hundred, shared));

            try (Payments calm = payments(onFile, 1);
                    Payments killed = payments(onFile, 2);
                    Payments served = payments(onServer, 3)) {
                calm.ask(one.wallet(), 1, AT_ONCE);
                calm.awaitAllAccepted();
                killed.ask(hundred.wallet(), ACCOUNTS, EACH);
                killWalletAndNode(onFile, network.nodes().getFirst(), killed);
                served.ask(shared.wallet(), 1, AT_ONCE);
                killDatabaseAndWallet(postgres, onServer, served);

                assertFinal(onFile, one, calm);
                assertFinal(onFile, hundred, killed);
                assertFinal(onServer, shared, served);
                network.awaitAgreement();
                assertMinedOnce(network.nodes().getLast(), List.of(calm, killed, served));
            }
        }
    }

    private static void killWalletAndNode(LocalWallet wallet, LocalNode node, Payments payments) {
        payments.awaitAccepted(ACCOUNTS * EACH / 5);
        wallet.kill();
        wallet.start();
        payments.awaitAccepted(ACCOUNTS * EACH / 2);
        node.kill();
        payments.awaitAccepted(ACCOUNTS * EACH * 3 / 5);
        node.start();
        payments.awaitAllAccepted();
        node.awaitReady();
    }

    private static void killDatabaseAndWallet(LocalPostgres postgres, LocalWallet wallet, Payments payments)
            throws Exception {
        payments.awaitAccepted(AT_ONCE / 4);
        postgres.killAndRestart();
        payments.awaitAccepted(AT_ONCE / 2);
        wallet.kill();
        wallet.start();
        payments.awaitAllAccepted();
    }

    /** Everything that was accepted, and nothing else, has become final. */
    private static void assertFinal(LocalWallet wallet, Payer payer, Payments payments) {
        Await.until(
                "all transfers of " + payer.wallet() + " have ended",
                FINAL_BOUND,
                Duration.ofSeconds(1),
                () -> states(wallet.client().transfers(payer.wallet()).values()),
                () -> wallet.client().transfers(payer.wallet()).values().stream()
                        .allMatch(TransferView::hasEnded));
        Map<String, TransferView> ended = wallet.client().transfers(payer.wallet());
        assertThat(states(ended.values())).isEqualTo("{final=" + payments.asked() + "}");
        assertThat(ended.keySet()).containsExactlyInAnyOrderElementsOf(payments.accepted());
    }

    /** As the chain has it, which no service was asked to interpret. */
    private void assertMinedOnce(LocalNode node, List<Payments> all) {
        Map<PublicKey, Integer> paid = new HashMap<>();
        Map<PublicKey, List<Long>> nonces = new HashMap<>();
        long tip = node.client().status().height();
        for (long height = 1; height <= tip; height++) {
            for (Transaction transaction :
                    node.client().rawBlock(Long.toString(height)).transactions()) {
                paid.merge(transaction.recipient(), 1, Integer::sum);
                nonces.computeIfAbsent(transaction.sender(), sender -> new ArrayList<>())
                        .add(transaction.nonce());
            }
        }
        for (Payments payments : all) {
            assertThat(paid.get(key(payments.recipient()))).isEqualTo(payments.asked());
        }
        assertThat(nonces)
                .hasSize(ACCOUNTS + 3)
                .allSatisfy((sender, used) -> assertThat(used)
                        .containsExactlyElementsOf(
                                LongStream.range(0, used.size()).boxed().toList()));
    }

    private void fund(LocalNetwork network, List<Payer> payers) {
        List<String> addresses =
                payers.stream().flatMap(payer -> payer.addresses().stream()).toList();
        network.nodes()
                .getFirst()
                .client()
                .submit(addresses.stream()
                        .map(address -> treasury.transfer(
                                genesis.networkHash(), key(address), Amount.ofMon(AT_ONCE), Amount.ZERO))
                        .toList());
        String last = addresses.getLast();
        Await.until(
                "the wallets have coins",
                FUNDED_BOUND,
                network::summary,
                () -> network.nodes().stream()
                        .allMatch(node -> node.client().account(last).balance() == AT_ONCE));
    }

    private Payments payments(LocalWallet wallet, int recipient) {
        PublicKey key = new FundedAccount(recipient).publicKey();
        return new Payments(wallet.client(), new Address(genesis.addressPrefix(), key).toString(), CONNECTIONS);
    }

    private PublicKey key(String address) {
        return Address.parse(address, genesis.addressPrefix()).key();
    }

    private static String states(Collection<TransferView> transfers) {
        Map<String, Integer> states = new TreeMap<>();
        transfers.forEach(transfer -> states.merge(
                transfer.reason().isEmpty() ? transfer.state() : transfer.state() + ": " + transfer.reason(),
                1,
                Integer::sum));
        return states.toString();
    }

    private static Map<String, String> with(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(WALLET_SETTINGS);
        all.putAll(settings);
        return all;
    }

    /** A wallet that pays, and the addresses of its accounts. */
    private record Payer(String wallet, List<String> addresses) {

        static Payer make(LocalWallet wallet, int accounts) {
            WalletAccount first = wallet.client().create("payer");
            List<String> addresses = new ArrayList<>(List.of(first.address()));
            while (addresses.size() < accounts) {
                addresses.add(wallet.client().addAccount(first.wallet()));
            }
            return new Payer(first.wallet(), addresses);
        }
    }
}
