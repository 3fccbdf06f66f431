package dev.rensa.node.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.rensa.node.peer.NodeKey;
import dev.rensa.node.peer.PeerAddress;
import dev.rensa.node.peer.PeerNode;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.PublicKey;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.net.StandardSocketOptions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Beacons: their form, what is kept of them, and, where the machine can multicast, two nodes that hear each other. */
class MulticastTest {

    private static final BlockHash NETWORK = BlockHash.fromHex("11".repeat(32));
    private static final NodeKey FIRST = new NodeKey(PublicKey.fromHex("77".repeat(32)));
    private static final NodeKey SECOND = new NodeKey(PublicKey.fromHex("88".repeat(32)));
    private static final long FORGET_MILLIS = 80_000;

    private long nowMillis = 1_000_000;
    private final InstantSource clock = () -> Instant.ofEpochMilli(nowMillis);
    private final HeardBeacons heard = new HeardBeacons(clock, NETWORK, FIRST, FORGET_MILLIS);

    @Test
    void shouldKeepToItsBytes() {
        assertThat(new Beacon(NETWORK, SECOND, 7400).toBytes())
                .asHexString()
                .isEqualToIgnoringCase("524e534201" + "11".repeat(32) + "88".repeat(32) + "1ce8");
    }

    @Test
    void shouldRememberWhoCalledUntilItCallsNoMore() {
        heard.received("10.0.0.2", beacon(NETWORK, SECOND, 7400));
        assertThat(heard.lately()).containsExactly(new PeerAddress("10.0.0.2", 7400));

        nowMillis += FORGET_MILLIS + 1;

        assertThat(heard.lately()).isEmpty();
    }

    @Test
    void shouldPassOverItselfOtherNetworksAndWhatIsNoBeacon() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("seed=" + seed);
        Random random = new Random(seed);
        heard.received("10.0.0.1", beacon(NETWORK, FIRST, 7400));
        heard.received("10.0.0.2", beacon(BlockHash.fromHex("99".repeat(32)), SECOND, 7400));
        byte[] good = beacon(NETWORK, SECOND, 7400);
        heard.received("10.0.0.3", Arrays.copyOf(good, good.length - 1));
        heard.received("10.0.0.4", Arrays.copyOf(good, good.length + 1));
        heard.received("10.0.0.5", beacon(NETWORK, SECOND, 0));
        for (int i = 0; i < 100; i++) {
            byte[] noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            heard.received("10.0.0.6", noise);
        }

        assertThat(heard.lately()).as("seed %d", seed).isEmpty();
    }

    @Test
    void shouldBeBoundedInPaceAndNumber() {
        for (int i = 0; i < 2 * HeardBeacons.MAX_A_SECOND; i++) {
            heard.received("10.0." + i / 200 + "." + i % 200, beacon(NETWORK, SECOND, 7400));
        }
        assertThat(heard.lately()).hasSize(HeardBeacons.MAX_A_SECOND);

        for (int i = 0; i < 1_000; i++) {
            nowMillis += 10;
            heard.received("10.1." + i / 200 + "." + i % 200, beacon(NETWORK, SECOND, 7400));
        }
        assertThat(heard.lately()).hasSize(HeardBeacons.MAX_ADDRESSES);

        for (int port = 1; port <= 100; port++) {
            nowMillis += 10;
            heard.received("10.9.9.9", beacon(NETWORK, SECOND, port));
        }
        assertThat(heard.lately())
                .filteredOn(address -> address.host().equals("10.9.9.9"))
                .hasSize(HeardBeacons.MAX_PORTS_AN_ADDRESS);
    }

    @Test
    void shouldHearAnotherNodeOverIpv4() throws IOException {
        hearEachOther(MulticastSource.IPV4_GROUP);
    }

    @Test
    void shouldHearAnotherNodeOverIpv6() throws IOException {
        hearEachOther(MulticastSource.IPV6_GROUP);
    }

    @Test
    void shouldSayThatThereIsNoSuchInterface() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> source(FIRST, 7400, 7400, "no-such-if", MulticastSource.IPV4_GROUP))
                .withMessageContaining("no-such-if");
    }

    private void hearEachOther(InetAddress group) throws IOException {
        String able = interfaceFor(group);
        int port = freePort();
        try (MulticastSource first = source(FIRST, 7401, port, able, group);
                MulticastSource second = source(SECOND, 7402, port, able, group)) {
            PeerNode.await("each to hear the other", () -> {
                // Asking is calling: both must be asked.
                boolean firstHears = hears(first, 7402);
                boolean secondHears = hears(second, 7401);
                return firstHears && secondHears;
            });
            assertThat(first.find(_ -> false).toCompletableFuture().join())
                    .allSatisfy(address -> assertThat(address.port()).isEqualTo(7402));
        }
    }

    private static boolean hears(MulticastSource source, int port) {
        return source.find(_ -> false).toCompletableFuture().join().stream()
                .anyMatch(address -> address.port() == port);
    }

    private MulticastSource source(NodeKey key, int listenPort, int port, String able, InetAddress group) {
        return new MulticastSource(
                List.of(group),
                NETWORK,
                key,
                () -> listenPort,
                port,
                Optional.of(able),
                InstantSource.system(),
                FORGET_MILLIS);
    }

    /** An interface over which a datagram to the group comes back; many containers have none. */
    private static String interfaceFor(InetAddress group) throws IOException {
        try (Stream<NetworkInterface> all = NetworkInterface.networkInterfaces()) {
            for (NetworkInterface each : all.toList()) {
                if (each.isUp() && comesBack(group, each)) {
                    return each.getName();
                }
            }
        }
        return abort("no network interface of this machine can multicast to " + group.getHostAddress());
    }

    private static boolean comesBack(InetAddress group, NetworkInterface on) {
        try (MulticastSocket socket = new MulticastSocket(0)) {
            int port = socket.getLocalPort();
            socket.setSoTimeout(500);
            socket.joinGroup(new InetSocketAddress(group, port), on);
            socket.setOption(StandardSocketOptions.IP_MULTICAST_IF, on);
            socket.send(new DatagramPacket(new byte[1], 1, group, port));
            socket.receive(new DatagramPacket(new byte[1], 1));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            return socket.getLocalPort();
        }
    }

    private static byte[] beacon(BlockHash network, NodeKey key, int port) {
        return new Beacon(network, key, port).toBytes();
    }
}
