package dev.rensa.node.discovery;

import dev.rensa.node.peer.NodeKey;
import dev.rensa.node.peer.PeerAddress;
import dev.rensa.protocol.crypto.BlockHash;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/**
 * Calls out on the local network where this node listens, and hears others do so: for a LAN without DNS. One call a run on
 * each interface, to an IPv4 and an IPv6 group that routers do not pass on.
 */
public final class MulticastSource implements CandidateSource, AutoCloseable {

    /** Administratively scoped IPv4 group (RFC 2365). */
    static final InetAddress IPV4_GROUP = InetAddress.ofLiteral("239.255.82.78");

    /** Link-local IPv6 group, transient (RFC 4291, 2.7). */
    static final InetAddress IPV6_GROUP = InetAddress.ofLiteral("ff12::524e:5341");

    private static final Logger LOG = Logger.getLogger(MulticastSource.class);

    /** Longer than a beacon, so that what is too long shows. */
    private static final int BUFFER_BYTES = Beacon.BYTES + 1;

    private final HeardBeacons heard;
    private final BlockHash network;
    private final NodeKey ownKey;
    private final IntSupplier listenPort;
    private final int port;
    private final List<NetworkInterface> interfaces;
    private final List<Group> groups = new ArrayList<>();

    private record Group(MulticastSocket socket, InetAddress address) {}

    /**
     * Opens the sockets and begins to hear.
     *
     * @param listenPort where this node listens for peers
     * @param port of UDP, the same for all nodes
     * @param interfaceName the one to use; empty: all that can multicast
     * @param forgetMillis how long a node is remembered that calls no more
     * @throws IllegalArgumentException if there is no such interface, or neither group can be joined
     */
    public MulticastSource(
            BlockHash network,
            NodeKey ownKey,
            IntSupplier listenPort,
            int port,
            Optional<String> interfaceName,
            InstantSource clock,
            long forgetMillis) {
        this(List.of(IPV4_GROUP, IPV6_GROUP), network, ownKey, listenPort, port, interfaceName, clock, forgetMillis);
    }

    MulticastSource(
            List<InetAddress> addresses,
            BlockHash network,
            NodeKey ownKey,
            IntSupplier listenPort,
            int port,
            Optional<String> interfaceName,
            InstantSource clock,
            long forgetMillis) {
        this.network = network;
        this.ownKey = ownKey;
        this.listenPort = listenPort;
        this.port = port;
        this.heard = new HeardBeacons(clock, network, ownKey, forgetMillis);
        this.interfaces = interfaces(interfaceName);
        List<String> failures = new ArrayList<>();
        for (InetAddress group : addresses) {
            try {
                groups.add(join(group));
            } catch (IOException e) {
                failures.add(e.toString());
            }
        }
        if (groups.isEmpty()) {
            throw new IllegalArgumentException("multicast is not possible on this machine: " + failures);
        }
        groups.forEach(group -> Thread.ofPlatform()
                .name("rensa-beacon-" + group.address().getHostAddress())
                .daemon()
                .start(() -> hear(group.socket())));
    }

    private static List<NetworkInterface> interfaces(Optional<String> name) {
        try {
            if (name.isPresent()) {
                NetworkInterface only = NetworkInterface.getByName(name.get());
                if (only == null) {
                    throw new IllegalArgumentException("this machine has no network interface " + name.get());
                }
                return List.of(only);
            }
            List<NetworkInterface> able = new ArrayList<>();
            for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
                if (each.isUp() && each.supportsMulticast()) {
                    able.add(each);
                }
            }
            return able;
        } catch (SocketException e) {
            throw new IllegalArgumentException("the network interfaces cannot be listed: " + e.getMessage(), e);
        }
    }

    /** Succeeds if the group can be joined on one interface at least. */
    private Group join(InetAddress group) throws IOException {
        MulticastSocket socket = new MulticastSocket(null);
        IOException failure = new IOException("no network interface can multicast");
        int joined = 0;
        try {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(port));
            socket.setTimeToLive(1);
            for (NetworkInterface each : interfaces) {
                try {
                    socket.joinGroup(new InetSocketAddress(group, port), each);
                    joined++;
                } catch (IOException e) {
                    failure = e;
                }
            }
            if (joined == 0) {
                throw failure;
            }
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        return new Group(socket, group);
    }

    @Override
    public String name() {
        return "multicast";
    }

    @Override
    public CompletionStage<List<PeerAddress>> find(Predicate<PeerAddress> leaveOut) {
        call();
        return CompletableFuture.completedFuture(
                heard.lately().stream().filter(leaveOut.negate()).toList());
    }

    private void call() {
        if (listenPort.getAsInt() == 0) {
            return;
        }
        byte[] bytes = new Beacon(network, ownKey, listenPort.getAsInt()).toBytes();
        for (Group group : groups) {
            for (NetworkInterface each : interfaces) {
                try {
                    group.socket().setOption(StandardSocketOptions.IP_MULTICAST_IF, each);
                    group.socket().send(new DatagramPacket(bytes, bytes.length, group.address(), port));
                } catch (IOException e) {
                    // An interface may come and go, or speak one of the two protocols alone.
                    LOG.debugf("no beacon on %s: %s", each.getName(), e.getMessage());
                }
            }
        }
    }

    private void hear(MulticastSocket socket) {
        DatagramPacket packet = new DatagramPacket(new byte[BUFFER_BYTES], BUFFER_BYTES);
        while (!socket.isClosed()) {
            try {
                packet.setLength(BUFFER_BYTES);
                socket.receive(packet);
                heard.received(
                        PeerAddress.withoutZone(packet.getAddress().getHostAddress()),
                        Arrays.copyOf(packet.getData(), packet.getLength()));
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    LOG.debug("beacons are heard no more", e);
                    return;
                }
            }
        }
    }

    @Override
    public void close() {
        groups.forEach(group -> group.socket().close());
    }
}
