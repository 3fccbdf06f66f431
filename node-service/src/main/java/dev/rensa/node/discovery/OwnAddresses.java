package dev.rensa.node.discovery;

import dev.rensa.node.peer.PeerAddress;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.function.IntSupplier;
import java.util.function.Predicate;

/**
 * Literal addresses at which this node itself listens. A name of ours is not recognised here; its dial ends with
 * {@code self-connection}, and is then left out too.
 */
public final class OwnAddresses implements Predicate<PeerAddress> {

    private final String bindHost;
    private final IntSupplier listenPort;

    /**
     * Takes what the transport was bound to.
     *
     * @param bindHost a literal address or name; {@code 0.0.0.0} and {@code ::} mean all addresses of this machine
     */
    public OwnAddresses(String bindHost, IntSupplier listenPort) {
        this.bindHost = bindHost;
        this.listenPort = listenPort;
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
            return boundToAll && NetworkInterface.getByInetAddress(InetAddress.ofLiteral(address.host())) != null;
        } catch (IllegalArgumentException | SocketException e) {
            return false;
        }
    }
}
