package dev.rensa.node.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.node.peer.PeerAddress;
import dev.rensa.node.peer.PeerNode;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.verdict.RejectionReason;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Discovery over real sockets. */
class LoopbackDiscoveryTest {

    private static final Vertx VERTX = Vertx.vertx();
    private static final long RUN_SECONDS = 30;

    @TempDir
    private Path directory;

    private final List<PeerNode> nodes = new ArrayList<>();

    @AfterEach
    void closeNodes() {
        nodes.forEach(PeerNode::close);
    }

    @AfterAll
    static void closeVertx() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void shouldFindEveryNodeBehindAnOpenPortAndSayWhatTheOthersAre() throws Exception {
        PeerNode self = kept(PeerNode.start(VERTX, 1));
        PeerNode second = kept(PeerNode.start(VERTX, 2));
        PeerNode third = kept(PeerNode.start(VERTX, 3));
        PeerNode foreign =
                kept(PeerNode.start(VERTX, 4, BlockHash.fromHex("99".repeat(32)), PeerNode.LIMITS, Set.of()));
        int closedPort = closedPort();
        List<Integer> ports = List.of(port(self), port(second), port(third), port(foreign), closedPort);
        try (ProbeSource probe = probe(self, ports)) {
            Discovery discovery = discovery(self, probe);

            run(discovery);

            Map<PeerAddress, Candidate> found =
                    discovery.candidates().stream().collect(Collectors.toMap(Candidate::address, Function.identity()));
            assertThat(found).containsOnlyKeys(second.address(), third.address(), foreign.address());
            assertThat(found.get(second.address()).state()).isEqualTo(Candidate.State.CONNECTED);
            assertThat(found.get(second.address()).nodeKey()).contains(second.key());
            assertThat(found.get(third.address()).state()).isEqualTo(Candidate.State.CONNECTED);
            assertThat(found.get(third.address()).source()).isEqualTo("probe");
            assertThat(found.get(foreign.address()).state()).isEqualTo(Candidate.State.REFUSED);
            assertThat(found.get(foreign.address()).rejection().map(Rejection::reason))
                    .contains(RejectionReason.WRONG_GENESIS);
            assertThat(self.transport().links()).hasSize(2);
        }
    }

    @Test
    void shouldMakeOneNetworkOfNodesThatAllLookAtOnce() {
        List<PeerNode> all =
                List.of(kept(PeerNode.start(VERTX, 1)), kept(PeerNode.start(VERTX, 2)), kept(PeerNode.start(VERTX, 3)));
        List<Integer> ports = all.stream().map(LoopbackDiscoveryTest::port).toList();
        List<ProbeSource> probes = all.stream().map(node -> probe(node, ports)).toList();
        List<Discovery> discoveries = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            discoveries.add(discovery(all.get(i), probes.get(i)));
        }

        var runs = discoveries.stream().map(Discovery::run).toList();
        runs.forEach(stage -> stage.toCompletableFuture()
                .orTimeout(RUN_SECONDS, TimeUnit.SECONDS)
                .join());

        PeerNode.await(
                "each connected to both others",
                () -> all.stream().allMatch(node -> node.transport().links().size() == 2));
        probes.forEach(ProbeSource::close);
    }

    @Test
    void shouldFindItselfByNameAndSaySo() {
        PeerNode self = kept(PeerNode.start(VERTX, 1));
        Discovery discovery = discovery(self, new StaticSource(List.of(new PeerAddress("localhost", port(self)))));

        run(discovery);

        assertThat(discovery.candidates().getFirst().rejection().map(Rejection::reason))
                .contains(RejectionReason.SELF_CONNECTION);
    }

    @Test
    void shouldFollowTheAddressesOfAName() {
        PeerNode self = kept(PeerNode.start(VERTX, 1));
        PeerNode other = kept(PeerNode.start(VERTX, 2));
        NameResolver resolver = new SystemNameResolver(VERTX, Optional.empty());
        Discovery discovery =
                discovery(self, new DnsSource(resolver, List.of("localhost", "does-not-exist.invalid"), port(other)));

        run(discovery);

        assertThat(self.transport().links()).hasSize(1);
        assertThat(discovery.candidates())
                .filteredOn(candidate -> candidate.address().equals(other.address()))
                .singleElement()
                .satisfies(candidate -> assertThat(candidate.source()).isEqualTo("dns"))
                .satisfies(candidate -> assertThat(candidate.state()).isEqualTo(Candidate.State.CONNECTED));
    }

    @Test
    void shouldFollowServiceRecordsAsTheyChange() throws Exception {
        PeerNode self = kept(PeerNode.start(VERTX, 1));
        PeerNode second = kept(PeerNode.start(VERTX, 2));
        PeerNode third = kept(PeerNode.start(VERTX, 3));
        try (ServiceRecordServer dns = new ServiceRecordServer()) {
            NameResolver resolver = new SystemNameResolver(VERTX, Optional.of(dns.address()));
            Discovery discovery = discovery(self, new DnsSource(resolver, List.of("_peer._tcp.rensa.test"), 1));
            dns.answer(second.address());
            run(discovery);
            assertThat(self.transport().links()).hasSize(1);

            dns.answer(second.address(), third.address());
            run(discovery);

            assertThat(self.transport().links()).hasSize(2);
            assertThat(dns.asked()).containsOnly("_peer._tcp.rensa.test").hasSize(2);
        }
    }

    private PeerNode kept(PeerNode node) {
        nodes.add(node);
        return node;
    }

    private static ProbeSource probe(PeerNode self, List<Integer> ports) {
        return new ProbeSource(
                VERTX,
                new ProbePlan(List.of("127.0.0.1"), ports),
                new OwnAddresses("127.0.0.1", self.transport()::listenPort, InstantSource.system()));
    }

    private Discovery discovery(PeerNode self, CandidateSource source) {
        return new Discovery(
                List.of(source),
                new TransportNetwork(self.transport()),
                AddressBook.open(directory, InstantSource.system()),
                InstantSource.system(),
                new Random(),
                20_000);
    }

    private static void run(Discovery discovery) {
        discovery
                .run()
                .toCompletableFuture()
                .orTimeout(RUN_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    private static int port(PeerNode node) {
        return node.transport().listenPort();
    }

    private static int closedPort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
