package dev.rensa.node.peer;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Who probably sits behind an address: neighbours in a network share a group, because getting many addresses in one network
 * is cheap and getting some in many networks is not. Public IPv4 addresses are grouped by /16, IPv6 by /32; private ones by
 * /24 and /64, so that the parts of one company's network count as several.
 */
public final class AddressGroups {

    private static final String LOOPBACK = "loopback";
    private static final int UNIQUE_LOCAL_MASK = 0xfe;
    private static final int UNIQUE_LOCAL = 0xfc;

    private AddressGroups() {}

    /** The group of a host; a name is a group of its own. */
    public static String of(String host) {
        InetAddress address;
        try {
            address = InetAddress.ofLiteral(host);
        } catch (IllegalArgumentException e) {
            return host;
        }
        if (address.isLoopbackAddress()) {
            return LOOPBACK;
        }
        byte[] bytes = address.getAddress();
        boolean old = address instanceof Inet4Address;
        boolean local = address.isSiteLocalAddress()
                || address.isLinkLocalAddress()
                || (!old && (bytes[0] & UNIQUE_LOCAL_MASK) == UNIQUE_LOCAL);
        int prefixBytes = old ? (local ? 3 : 2) : (local ? 8 : 4);
        return (old ? "4:" : "6:") + HexFormat.of().formatHex(Arrays.copyOf(bytes, prefixBytes));
    }

    /** Whether a host is this machine, whose processes all share one address. */
    public static boolean isLoopback(String host) {
        return of(host).equals(LOOPBACK);
    }

    /**
     * Whether an address can mean anything to somebody else: it is none that means "all" or "on this cable", and one that
     * means "this machine" only to whoever is on that machine too.
     *
     * @param host where the one who tells or is told sits
     */
    public static boolean mayTell(PeerAddress address, String host) {
        InetAddress literal;
        try {
            literal = InetAddress.ofLiteral(address.host());
        } catch (IllegalArgumentException e) {
            return !address.host().equals("localhost") || isLoopback(host);
        }
        if (literal.isAnyLocalAddress() || literal.isMulticastAddress() || literal.isLinkLocalAddress()) {
            return false;
        }
        return !literal.isLoopbackAddress() || isLoopback(host);
    }
}
