package dev.rensa.node.peer;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where a node may listen. A host may be a name or a literal address; names are resolved again at every dial. Letters are
 * kept in lower case, so that one host has one spelling.
 *
 * @param host 1 to 253 characters: a name of labels of letters, digits, hyphens and underscores, or a literal IPv4 or IPv6
 *     address without brackets and zone
 * @param port 1 to 65,535
 */
public record PeerAddress(String host, int port) {

    /** Longest host name of RFC 1035, in characters. */
    public static final int MAX_HOST_LENGTH = 253;

    /** Highest TCP port. */
    public static final int MAX_PORT = 65_535;

    /** Labels of at most 63 characters that neither begin nor end with a hyphen; IPv4 literals have this form too. */
    private static final Pattern NAME =
            Pattern.compile("[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?(?:\\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*");

    /** Form only: whether the groups make sense shows when it is dialled. */
    private static final Pattern IPV6 = Pattern.compile("[0-9a-f:]{2,39}|[0-9a-f:]{2,30}:[0-9.]{7,15}");

    /**
     * Checks the form.
     *
     * @throws IllegalArgumentException with a sentence that says what is wrong with which address
     */
    public PeerAddress {
        host = host.toLowerCase(Locale.ROOT);
        if (!isHost(host)) {
            throw new IllegalArgumentException("\"" + printable(host) + "\" is not a host: expected a name of at most "
                    + MAX_HOST_LENGTH + " characters or an IP address");
        }
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException("port " + port + " of " + host + " is not in 1…" + MAX_PORT);
        }
    }

    /**
     * Reads {@code host:port} or {@code [IPv6]:port}.
     *
     * @throws IllegalArgumentException with a sentence that says what is wrong with it
     */
    public static PeerAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        boolean bracketed = text.startsWith("[") && colon > 0 && text.charAt(colon - 1) == ']';
        if (colon < 1 || (!bracketed && text.indexOf(':') != colon)) {
            throw new IllegalArgumentException(
                    "\"" + printable(text) + "\" is not an address: expected host:port or [IPv6]:port");
        }
        String host = bracketed ? text.substring(1, colon - 1) : text.substring(0, colon);
        try {
            return new PeerAddress(host, Integer.parseInt(text.substring(colon + 1)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "\"" + printable(text) + "\" is not an address: its port is not a number", e);
        }
    }

    /** A literal address without the zone that IPv6 may name ({@code fe80::1%eth0}): zones mean nothing to other machines. */
    public static String withoutZone(String literal) {
        int zone = literal.indexOf('%');
        return zone < 0 ? literal : literal.substring(0, zone);
    }

    /** Whether a lower-case text has the form of a host. */
    static boolean isHost(String host) {
        return !host.isEmpty()
                && host.length() <= MAX_HOST_LENGTH
                && (host.contains(":") ? IPV6 : NAME).matcher(host).matches();
    }

    /** Text from outside, made safe for a log line. */
    private static String printable(String text) {
        String shown = text.length() <= MAX_HOST_LENGTH ? text : text.substring(0, MAX_HOST_LENGTH) + "…";
        return shown.replaceAll("[^\\x20-\\x7e…]", "?");
    }

    @Override
    public String toString() {
        return host.contains(":") ? "[" + host + "]:" + port : host + ":" + port;
    }
}
