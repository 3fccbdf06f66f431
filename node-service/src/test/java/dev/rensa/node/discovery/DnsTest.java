package dev.rensa.node.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rensa.node.peer.DialOutcome;
import dev.rensa.node.peer.PeerAddress;
import dev.rensa.node.peer.PeerNode;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.dns.AddressResolverOptions;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names against a real DNS server whose answers change. */
class DnsTest {

    @TempDir
    private Path directory;

    private static final String NO_DNS = "vertx.disableDnsResolver";

    private final List<PeerNode> nodes = new ArrayList<>();
    private Vertx vertx;
    private DnsServer dns;
    private NameResolver resolver;

    @BeforeEach
    void startServer() throws Exception {
        assumeTrue(
                DnsServer.isInstalled(),
                "dnsmasq is not installed, so nothing is asked of a real DNS server (Debian: apt install dnsmasq-base)");
        dns = new DnsServer(directory);
        AddressResolverOptions withoutCache = new AddressResolverOptions()
                .addServer("127.0.0.1:" + dns.address().port())
                .setCacheMaxTimeToLive(0)
                .setCacheNegativeTimeToLive(0);
        vertx = askingDns(new VertxOptions().setAddressResolverOptions(withoutCache));
        resolver = new SystemNameResolver(
                vertx, Optional.of(dns.address()), new SearchDomains(List.of("cluster.test", "rensa.test"), 5));
    }

    /** A Vert.x that asks the server of this test. Quarkus, once started in the same JVM, has Vert.x ask the JVM instead. */
    private static Vertx askingDns(VertxOptions options) {
        String disabled = System.clearProperty(NO_DNS);
        try {
            return Vertx.vertx(options);
        } finally {
            if (disabled != null) {
                System.setProperty(NO_DNS, disabled);
            }
        }
    }

    @AfterEach
    void close() {
        nodes.forEach(PeerNode::close);
        if (dns != null) {
            dns.close();
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    @Test
    void shouldReadAddressesOfBothKindsAndSeeThemChange() throws Exception {
        dns.serve(
                "host-record=nodes.rensa.test,10.0.0.1",
                "host-record=nodes.rensa.test,10.0.0.2",
                "host-record=nodes.rensa.test,fd00::1");
        assertThat(addresses("nodes.rensa.test"))
                .containsExactlyInAnyOrder(literal("10.0.0.1"), literal("10.0.0.2"), literal("fd00::1"));

        dns.serve("host-record=nodes.rensa.test,10.0.0.3");
        assertThat(addresses("nodes.rensa.test")).containsExactly(literal("10.0.0.3"));

        dns.serve();
        assertThat(addresses("nodes.rensa.test")).isEmpty();

        dns.serve("host-record=nodes.rensa.test,fd00::4");
        assertThat(addresses("nodes.rensa.test"))
                .as("a name that was missing is asked again")
                .containsExactly(literal("fd00::4"));
    }

    @Test
    void shouldReadServicesInOrderOfPriorityAndSeeThemChange() throws Exception {
        dns.serve(
                "srv-host=_peer._tcp.nodes.rensa.test,second.rensa.test,7402,20",
                "srv-host=_peer._tcp.nodes.rensa.test,first.rensa.test,7401,10");
        assertThat(services("_peer._tcp.nodes.rensa.test"))
                .containsExactly(new PeerAddress("first.rensa.test", 7401), new PeerAddress("second.rensa.test", 7402));

        dns.serve("srv-host=_peer._tcp.nodes.rensa.test,third.rensa.test,7403");

        assertThat(services("_peer._tcp.nodes.rensa.test")).containsExactly(new PeerAddress("third.rensa.test", 7403));
    }

    @Test
    void shouldLookForRelativeNamesInTheSearchDomains() throws Exception {
        dns.serve(
                "srv-host=_peer._tcp.nodes.rensa.test,first.rensa.test,7401",
                "host-record=nodes.cluster.test,10.0.0.9",
                "host-record=nodes.rensa.test,10.0.0.1");

        assertThat(services("_peer._tcp.nodes")).containsExactly(new PeerAddress("first.rensa.test", 7401));
        assertThat(addresses("nodes")).containsExactly(literal("10.0.0.9"));
        assertThat(addresses("nodes.rensa.test.")).containsExactly(literal("10.0.0.1"));
        assertThat(services("_peer._tcp.nodes.")).isEmpty();
    }

    /** Some hundred pods do not fit into a datagram. */
    @Test
    void shouldReadAnswersThatAreTooLongForADatagram() throws Exception {
        dns.serve(IntStream.range(0, 100)
                .mapToObj(i -> "srv-host=_peer._tcp.nodes.rensa.test,node-" + i + ".nodes.rensa.test," + (7400 + i))
                .toArray(String[]::new));

        assertThat(services("_peer._tcp.nodes.rensa.test")).hasSize(100);
    }

    /** A pod that returns has another address: the name is resolved at every dial, and no cache stands between. */
    @Test
    void shouldResolveANameAtEveryDial() throws Exception {
        PeerNode self = kept(PeerNode.start(vertx, 1));
        PeerNode before = kept(PeerNode.start(vertx, 2));
        PeerNode after =
                kept(PeerNode.startAt(vertx, 3, "127.0.0.2", before.address().port()));
        PeerAddress byName = new PeerAddress("node.rensa.test", before.address().port());
        dns.serve("host-record=node.rensa.test,127.0.0.1");
        assertThat(dial(self, byName)).isEqualTo(new DialOutcome.Connected(before.key()));

        dns.serve("host-record=node.rensa.test,127.0.0.2");

        assertThat(dial(self, byName)).isEqualTo(new DialOutcome.Connected(after.key()));
    }

    @Test
    void shouldFollowANameWithoutAnAddressOnceItHasOne() throws Exception {
        PeerNode self = kept(PeerNode.start(vertx, 1));
        PeerNode other = kept(PeerNode.start(vertx, 2));
        PeerAddress byName = new PeerAddress("late.rensa.test", other.address().port());
        assertThat(dial(self, byName)).isInstanceOf(DialOutcome.Refused.class);

        dns.serve("host-record=late.rensa.test,127.0.0.1");

        assertThat(dial(self, byName)).isEqualTo(new DialOutcome.Connected(other.key()));
    }

    @Test
    void shouldFindAndConnectNodesOverIpv6() throws Exception {
        assumeTrue(hasIpv6(), "this machine has no IPv6 loopback address");
        PeerNode self = kept(PeerNode.startAt(vertx, 1, "::1", 0));
        PeerNode other = kept(PeerNode.startAt(vertx, 2, "::1", 0));
        dns.serve("host-record=nodes.rensa.test,::1");
        DnsSource source = new DnsSource(
                resolver, List.of("nodes.rensa.test"), other.transport().listenPort());

        List<PeerAddress> found = source.find(_ -> false).toCompletableFuture().join();

        assertThat(found).hasSize(1);
        assertThat(PeerAddress.parse(found.getFirst().toString())).isEqualTo(found.getFirst());
        assertThat(found.getFirst().toString()).startsWith("[");
        assertThat(dial(self, found.getFirst())).isEqualTo(new DialOutcome.Connected(other.key()));
        PeerNode.await("the listener's link", () -> other.transport().links().size() == 1);
        assertThat(other.transport()
                        .links()
                        .getFirst()
                        .info()
                        .listenAddress()
                        .orElseThrow()
                        .port())
                .isEqualTo(self.transport().listenPort());
    }

    @Test
    void shouldReadTheSystemsConfiguration() throws Exception {
        Path file = Files.writeString(
                directory.resolve("resolv.conf"),
                "# made by the cluster\nnameserver 10.96.0.10\nsearch ns.svc.cluster.local svc.cluster.local.\noptions ndots:5 timeout:1\n");

        SearchDomains search = SearchDomains.of(file);

        assertThat(search.fullNames("_peer._tcp.rensa"))
                .containsExactly(
                        "_peer._tcp.rensa.ns.svc.cluster.local",
                        "_peer._tcp.rensa.svc.cluster.local",
                        "_peer._tcp.rensa");
        assertThat(search.fullNames("a.b.c.d.e.f").getFirst()).isEqualTo("a.b.c.d.e.f");
        assertThat(search.fullNames("a.b.")).containsExactly("a.b");
        assertThat(SearchDomains.of(directory.resolve("missing")).fullNames("a"))
                .containsExactly("a");
    }

    private static boolean hasIpv6() throws Exception {
        return NetworkInterface.getByInetAddress(literal("::1")) != null;
    }

    private PeerNode kept(PeerNode node) {
        nodes.add(node);
        return node;
    }

    private static DialOutcome dial(PeerNode from, PeerAddress address) {
        return from.transport().dial(address).toCompletableFuture().join();
    }

    private List<InetAddress> addresses(String name) {
        return resolver.addresses(name).toCompletableFuture().join();
    }

    private List<PeerAddress> services(String name) {
        return resolver.services(name).toCompletableFuture().join();
    }

    private static InetAddress literal(String text) {
        return InetAddress.ofLiteral(text);
    }
}
