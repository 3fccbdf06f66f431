package dev.rensa.network.namespace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rensa.network.cluster.Await;
import dev.rensa.network.cluster.FundedAccount;
import dev.rensa.network.cluster.TestGenesis;
import dev.rensa.network.namespace.SwitchedNetwork.Side;
import dev.rensa.protocol.address.Address;
import dev.rensa.protocol.api.PeersView.PeerView;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.genesis.Genesis;
import dev.rensa.protocol.genesis.GenesisDocument;
import dev.rensa.protocol.money.Amount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nodes find each other as in a cluster, by the name of a headless service, while pods come, return elsewhere and go, while the
 * network between them is cut, and when all of them go at once. However that goes, there is one ledger in the end.
 */
class DiscoveryIT {

    /** A block a second of all nodes together, about. */
    private static final long EXPECTED_HASHES = 60_000;

    private static final Duration BOUND = Duration.ofSeconds(60);

    /** Blocks that each half mines alone: enough to be sure that neither hears of the other. */
    private static final int APART = 3;

    /** So deep no race of two miners reaches. */
    private static final int CONFIRMATIONS = 6;

    /** Last numbers of the addresses that pods get when all of them are new. */
    private static final int LATER_ADDRESSES = 100;

    @TempDir
    Path directory;

    private final FundedAccount payerOnTheLeft = new FundedAccount(1);
    private final FundedAccount payerOnTheRight = new FundedAccount(2);
    private final FundedAccount shop = new FundedAccount(3);
    private final Genesis genesis = TestGenesis.of(
            "cluster", EXPECTED_HASHES, Block.MAX_TRANSACTION_BYTES / 8, List.of(payerOnTheLeft, payerOnTheRight));

    private final List<Pod> pods = new ArrayList<>();
    private SwitchedNetwork network;
    private ClusterDns dns;

    @BeforeEach
    void layCables() throws IOException {
        assumeTrue(
                ClusterDns.program().isPresent(),
                "dnsmasq is not installed, so nodes find nobody by name (Debian: apt install dnsmasq-base)");
        Optional<String> hindrance = SwitchedNetwork.hindrance();
        assumeTrue(hindrance.isEmpty(), () -> "Discovery as in a cluster is not tried: " + hindrance.orElseThrow());
        Files.writeString(
                directory.resolve("genesis.json"), GenesisDocument.of(genesis).toJson());
        network = new SwitchedNetwork();
        dns = new ClusterDns(network, directory);
    }

    @AfterEach
    void leaveNothingBehind() {
        pods.forEach(Pod::stop);
        if (dns != null) {
            dns.close();
        }
        if (network != null) {
            network.close();
        }
    }

    @Test
    void shouldKeepOneLedgerWhilePodsComeReturnAndGoAndTheNetworkIsCut() {
        Pod first = pod("rensa-node-0", Side.LEFT, "10.244.1.10");
        Pod second = pod("rensa-node-1", Side.LEFT, "10.244.1.11");
        Pod third = pod("rensa-node-2", Side.RIGHT, "10.244.2.10");
        // A headless service publishes pods that are not ready yet.
        pods.forEach(this::publish);
        pods.forEach(Pod::start);
        awaitMesh();

        Pod fourth = pod("rensa-node-3", Side.RIGHT, "10.244.2.11");
        publish(fourth);
        fourth.start();
        awaitMesh();

        comeBackElsewhere(third, "10.244.2.77");
        cutAndHeal(List.of(first, second), List.of(third, fourth));
        allGoAtOnceAndComeBackElsewhere();

        fourth.terminate();
        dns.withdraw(fourth.name());
        awaitMesh();
        assertOneLedger();
    }

    private void comeBackElsewhere(Pod pod, String address) {
        String key = pod.client().status().nodeKey();
        String confirmed = pod.client().status().tip();

        pod.terminate();
        pod.moveTo(address);
        publish(pod);
        pod.start();
        awaitMesh();

        assertThat(pod.client().status().nodeKey()).isEqualTo(key);
        assertThat(pod.client().block(confirmed))
                .as("its data are where they were")
                .isPresent();
        for (Pod other : others(pod)) {
            assertThat(other.client().peers().peers())
                    .as("%s knows it at its new address, as the node that it was", other.name())
                    .filteredOn(peer -> peer.nodeKey().equals(key))
                    .singleElement()
                    .extracting(PeerView::address)
                    .asString()
                    .startsWith(address + ":");
        }
    }

    private void cutAndHeal(List<Pod> left, List<Pod> right) {
        awaitAgreement(pods);
        network.cut();
        long height = highest(pods);
        pay(payerOnTheLeft, left.getFirst());
        pay(payerOnTheRight, right.getFirst());
        await(left, "the left half mines on", pod -> hasMined(pod, payerOnTheLeft, height + APART));
        await(right, "the right half mines on", pod -> hasMined(pod, payerOnTheRight, height + APART));
        assertThat(hashesAt(height + APART - 1)).as("the halves have parted").hasSize(2);
        assertThat(pods).allMatch(pod -> balanceOfTheShop(pod) == Amount.MON_PER_COIN);

        network.heal();

        // What the branch that is given up had mined goes back to the mempool and is mined again.
        await(pods, "every node has both payments", pod -> balanceOfTheShop(pod) == 2 * Amount.MON_PER_COIN);
        assertOneLedger();
    }

    /** {@code kubectl delete pod --all}: no node is left to ask, and none finds another where it was. */
    private void allGoAtOnceAndComeBackElsewhere() {
        long height = highest(pods);
        long confirmedHeight = Math.max(0, height - CONFIRMATIONS);
        String confirmed = pods.getFirst().client().hashAt(confirmedHeight).orElseThrow();

        pods.parallelStream().forEach(Pod::terminate);
        for (Pod pod : pods) {
            pod.moveTo(pod.address().replaceFirst("[0-9]+$", Integer.toString(LATER_ADDRESSES + pods.indexOf(pod))));
            publish(pod);
        }
        pods.forEach(Pod::start);

        awaitMesh();
        await(pods, "the network goes on", pod -> pod.client().status().height() > height);
        assertThat(pods)
                .as("what all had before")
                .allMatch(pod -> pod.client().hashAt(confirmedHeight).equals(Optional.of(confirmed)));
        assertThat(pods).allMatch(pod -> balanceOfTheShop(pod) == 2 * Amount.MON_PER_COIN);
    }

    private boolean hasMined(Pod pod, FundedAccount payer, long height) {
        return pod.client().status().height() >= height
                && pod.client().account(address(payer)).nextNonce() == 1;
    }

    private long balanceOfTheShop(Pod pod) {
        return pod.client().account(address(shop)).balance();
    }

    private void pay(FundedAccount payer, Pod by) {
        by.client()
                .submit(List.of(
                        payer.transfer(genesis.networkHash(), shop.publicKey(), Amount.ofCoins(1), Amount.ZERO)));
    }

    /** All have one head at some moment, and the same block at every height below it. */
    private void assertOneLedger() {
        awaitAgreement(running());
        long height = running().stream()
                .mapToLong(pod -> pod.client().status().height())
                .min()
                .orElseThrow();
        for (long at = 0; at <= height; at++) {
            assertThat(hashesAt(at)).as("hashes of block " + at).hasSize(1);
        }
    }

    private Set<String> hashesAt(long height) {
        return running().stream()
                .map(pod -> pod.client().hashAt(height).orElse("none"))
                .collect(Collectors.toSet());
    }

    private static void awaitAgreement(List<Pod> among) {
        Await.until(
                "they agree",
                BOUND,
                () -> summary(among),
                () -> among.stream()
                                .map(pod -> pod.client().status().tip())
                                .distinct()
                                .count()
                        == 1);
    }

    /** Every node that runs is connected to every other one, each by its own key, and is ready. */
    private void awaitMesh() {
        List<Pod> running = running();
        running.forEach(Pod::awaitReady);
        Set<String> keys =
                running.stream().map(pod -> pod.client().status().nodeKey()).collect(Collectors.toSet());
        assertThat(keys).hasSameSizeAs(running);
        await(running, "each has all others as peers", pod -> {
            Set<String> known =
                    pod.client().peers().peers().stream().map(PeerView::nodeKey).collect(Collectors.toSet());
            known.add(pod.client().status().nodeKey());
            return known.equals(keys);
        });
    }

    private static void await(List<Pod> all, String what, Predicate<Pod> condition) {
        Await.until(what, BOUND, () -> summary(all), () -> all.stream().allMatch(condition));
    }

    private Pod pod(String name, Side side, String address) {
        Pod pod = new Pod(
                name,
                network.machine(name, side, address),
                address,
                directory,
                dns.resolvConf(),
                Map.of(
                        "rensa.genesis-file",
                        directory.resolve("genesis.json").toString(),
                        // Nobody wants to wait for a search every twenty seconds here.
                        "rensa.discovery.interval",
                        "1s"));
        pods.add(pod);
        return pod;
    }

    private void publish(Pod pod) {
        dns.publish(pod.name(), pod.address());
    }

    private List<Pod> running() {
        return pods.stream().filter(Pod::isRunning).toList();
    }

    private List<Pod> others(Pod pod) {
        return running().stream().filter(it -> it != pod).toList();
    }

    private static long highest(List<Pod> among) {
        return among.stream()
                .mapToLong(pod -> pod.client().status().height())
                .max()
                .orElseThrow();
    }

    private String address(FundedAccount account) {
        return new Address(genesis.addressPrefix(), account.publicKey()).toString();
    }

    private static String summary(List<Pod> among) {
        return IntStream.range(0, among.size())
                .mapToObj(among::get)
                .map(pod -> {
                    var status = pod.client().status();
                    return "%s: height %d, tip %s, %d peers"
                            .formatted(pod.name(), status.height(), status.tip().substring(0, 12), status.peers());
                })
                .collect(Collectors.joining("; "));
    }
}
