package dev.rensa.node.discovery;

import dev.rensa.node.peer.PeerAddress;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Every host × every port that a probing run knocks at.
 *
 * @param hosts names and literal addresses
 * @param ports 1 to 65,535
 */
public record ProbePlan(List<String> hosts, List<Integer> ports) {

    /** Most knocks in a run, so that one is done within some minutes in the worst case. */
    public static final int MAX_PROBES = 65_536;

    /**
     * Checks the size.
     *
     * @throws IllegalArgumentException if a run would be beyond {@link #MAX_PROBES}
     */
    public ProbePlan {
        hosts = List.copyOf(hosts);
        ports = List.copyOf(ports);
        requireSize((long) hosts.size() * ports.size());
        for (String host : hosts) {
            for (int port : ports) {
                new PeerAddress(host, port);
            }
        }
    }

    /**
     * Reads a configuration.
     *
     * @param hosts each a name, an address, a range {@code 10.0.0.5-10.0.0.9}, or a network {@code 10.0.0.0/24} (without
     *     its network and broadcast address where it is IPv4 and wider than two)
     * @param ports each a port or a range {@code 7400-7410}
     * @throws IllegalArgumentException with a sentence that says which entry is wrong, or that there is too much to probe
     */
    public static ProbePlan parse(List<String> hosts, List<String> ports) {
        Set<Integer> everyPort = new LinkedHashSet<>();
        ports.forEach(entry -> everyPort.addAll(parsePorts(entry.strip())));
        Set<String> everyHost = new LinkedHashSet<>();
        for (String entry : hosts) {
            everyHost.addAll(parseHosts(entry.strip()));
            requireSize((long) everyHost.size() * everyPort.size());
        }
        return new ProbePlan(List.copyOf(everyHost), List.copyOf(everyPort));
    }

    private static void requireSize(long probes) {
        if (probes > MAX_PROBES) {
            throw new IllegalArgumentException("probing " + probes + " addresses is beyond the limit of " + MAX_PROBES
                    + ": configure fewer hosts or fewer ports");
        }
    }

    private static List<Integer> parsePorts(String entry) {
        String[] ends = entry.split("-", 2);
        try {
            int first = Integer.parseInt(ends[0].strip());
            int last = ends.length == 1 ? first : Integer.parseInt(ends[1].strip());
            if (first < 1 || last > PeerAddress.MAX_PORT || first > last) {
                throw new IllegalArgumentException(
                        "\"" + entry + "\" is not a range of ports in 1…" + PeerAddress.MAX_PORT);
            }
            List<Integer> ports = new ArrayList<>(last - first + 1);
            for (int port = first; port <= last; port++) {
                ports.add(port);
            }
            return ports;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "\"" + entry + "\" is not a port to probe: expected a port or a range, for example 7400-7410", e);
        }
    }

    private static List<String> parseHosts(String entry) {
        int slash = entry.indexOf('/');
        if (slash > 0) {
            return network(entry, literal(entry, entry.substring(0, slash)), entry.substring(slash + 1));
        }
        int dash = entry.indexOf('-');
        if (dash > 0 && isLiteral(entry.substring(0, dash))) {
            byte[] first = literal(entry, entry.substring(0, dash).strip());
            byte[] last = literal(entry, entry.substring(dash + 1).strip());
            if (first.length != last.length || Arrays.compareUnsigned(first, last) > 0) {
                throw new IllegalArgumentException("\"" + entry + "\" is not a range: its end lies before its start");
            }
            return between(entry, new BigInteger(1, first), new BigInteger(1, last), first.length);
        }
        return List.of(new PeerAddress(entry, PeerAddress.MAX_PORT).host());
    }

    private static List<String> network(String entry, byte[] address, String prefixText) {
        int bits = address.length * Byte.SIZE;
        int prefix;
        try {
            prefix = Integer.parseInt(prefixText);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("\"" + entry + "\" is not a network: its prefix is not a number", e);
        }
        if (prefix < 0 || prefix > bits) {
            throw new IllegalArgumentException("\"" + entry + "\" is not a network: its prefix is not in 0…" + bits);
        }
        BigInteger size = BigInteger.ONE.shiftLeft(bits - prefix);
        BigInteger first = new BigInteger(1, address).divide(size).multiply(size);
        BigInteger last = first.add(size).subtract(BigInteger.ONE);
        boolean edgesAreSpecial = bits == Integer.SIZE && bits - prefix >= 2;
        return edgesAreSpecial
                ? between(entry, first.add(BigInteger.ONE), last.subtract(BigInteger.ONE), address.length)
                : between(entry, first, last, address.length);
    }

    private static List<String> between(String entry, BigInteger first, BigInteger last, int width) {
        BigInteger count = last.subtract(first).add(BigInteger.ONE);
        if (count.compareTo(BigInteger.valueOf(MAX_PROBES)) > 0) {
            throw new IllegalArgumentException("\"" + entry + "\" names " + count + " hosts; at most " + MAX_PROBES
                    + " addresses are probed: configure a smaller range");
        }
        List<String> hosts = new ArrayList<>(count.intValueExact());
        for (BigInteger at = first; at.compareTo(last) <= 0; at = at.add(BigInteger.ONE)) {
            hosts.add(text(at, width));
        }
        return hosts;
    }

    private static String text(BigInteger address, int width) {
        byte[] shortest = address.toByteArray();
        byte[] bytes = new byte[width];
        int length = Math.min(shortest.length, width);
        System.arraycopy(shortest, shortest.length - length, bytes, width - length, length);
        try {
            return InetAddress.getByAddress(bytes).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has 4 or 16 bytes", e);
        }
    }

    private static boolean isLiteral(String text) {
        try {
            InetAddress.ofLiteral(text.strip());
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static byte[] literal(String entry, String text) {
        try {
            return InetAddress.ofLiteral(text).getAddress();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "\"" + entry + "\" is not a range of hosts: \"" + text + "\" is not an IP address", e);
        }
    }
}
