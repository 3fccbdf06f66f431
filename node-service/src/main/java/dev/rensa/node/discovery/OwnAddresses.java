package dev.rensa.node.discovery;

import dev.rensa.node.peer.PeerAddress;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Literal addresses at which this node itself listens. A name of ours is not recognised here; its dial ends with
 * {@code self-connection}, and is then left out too.
 */
public final class OwnAddresses implements Predicate<PeerAddress> {

    /** How long the machine's addresses are believed: a run of discovery asks about thousands. */
    static final long BELIEVED_MILLIS = 10_000;

    private final String bindHost;
    private final IntSupplier listenPort;
    private final InstantSource clock;
    private volatile Machine machine = new Machine(Set.of(), Long.MIN_VALUE);

    private record Machine(Set<InetAddress> addresses, long untilMillis) {}

    /**
     * Takes what the transport was bound to.
     *
     * @param bindHost a literal address or name; {@code 0.0.0.0} and {@code ::} mean all addresses of this machine
     */
    public OwnAddresses(String bindHost, IntSupplier listenPort, InstantSource clock) {
        this.bindHost = bindHost;
        this.listenPort = listenPort;
        this.clock = clock;
    }

    @Override
    public boolean test(PeerAddress address) {
        if (address.port() != listenPort.getAsInt()) {
            return false;
        }
        if (address.host().equals(bindHost)) {
            return true;
        }
        try {
            boolean boundToAll = InetAddress.ofLiteral(bindHost).isAnyLocalAddress();
            return boundToAll && ofMachine().contains(InetAddress.ofLiteral(address.host()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private Set<InetAddress> ofMachine() {
        long now = clock.millis();
        Machine known = machine;
        if (now >= known.untilMillis()) {
            known = new Machine(read(), now + BELIEVED_MILLIS);
            machine = known;
        }
        return known.addresses();
    }

    private static Set<InetAddress> read() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .collect(Collectors.toUnmodifiableSet());
        } catch (SocketException e) {
            // The dial of an address of ours ends with self-connection instead.
            return Set.of();
        }
    }
}
