package dev.rensa.node.api;

import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What counts as this machine. */
final class Loopback {

    private static final Pattern NAME =
            Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[(::1|0:0:0:0:0:0:0:1)]", Pattern.CASE_INSENSITIVE);

    private Loopback() {}

    static boolean isLoopback(@Nullable SocketAddress remote) {
        try {
            return remote != null
                    && remote.hostAddress() != null
                    && InetAddress.getByName(remote.hostAddress()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** Whether the host in a URL is an address, in brackets if it is one of IPv6, and no name. */
    static boolean isAddress(String host) {
        try {
            InetAddress.ofLiteral(
                    host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Whether a name in a URL means this machine for everybody; never resolved, for a page may own the name. */
    static boolean isLoopbackName(String name) {
        return NAME.matcher(name).matches();
    }
}
