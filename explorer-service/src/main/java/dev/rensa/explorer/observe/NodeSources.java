package dev.rensa.explorer.observe;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where nodes are looked for: a static list, and names of which every A and AAAA record is a node. Names are resolved
 * afresh at each call, because pods change their addresses. Used by one thread at a time.
 */
public final class NodeSources {

    /** Most addresses that are followed; a name that resolves to more is cut, not obeyed. */
    public static final int MAX_ADDRESSES = 128;

    /** How a name becomes addresses; {@link InetAddress#getAllByName} outside of tests. */
    @FunctionalInterface
    public interface Resolver {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    private final List<URI> fixed;
    private final List<HostPort> names;
    private final Resolver resolver;
    private final Map<HostPort, List<URI>> lastGood = new HashMap<>();
    private final Map<String, String> troubles = new ConcurrentHashMap<>();

    private record HostPort(String host, int port) {}

    /**
     * Sources to ask.
     *
     * @param fixed base addresses of nodes, http or https
     * @param dnsNames host:port, where the port is that of the nodes' REST
     * @throws IllegalArgumentException if one is neither; the message names it
     */
    public NodeSources(List<URI> fixed, List<String> dnsNames, Resolver resolver) {
        this.fixed = fixed.stream().map(NodeSources::requireBase).toList();
        this.names = dnsNames.stream().map(NodeSources::parse).toList();
        this.resolver = resolver;
    }

    /** Every address, each once. A name that does not resolve at the moment keeps the addresses it had. */
    public Set<URI> addresses() {
        Set<URI> addresses = new LinkedHashSet<>(fixed);
        for (HostPort name : names) {
            addresses.addAll(resolve(name));
        }
        return addresses.size() <= MAX_ADDRESSES
                ? addresses
                : new LinkedHashSet<>(addresses.stream().limit(MAX_ADDRESSES).toList());
    }

    /** The names that did not resolve last time, each with a sentence why. */
    public Map<String, String> troubles() {
        return Map.copyOf(troubles);
    }

    private List<URI> resolve(HostPort name) {
        String key = name.host() + ":" + name.port();
        try {
            List<URI> addresses = Arrays.stream(resolver.resolve(name.host()))
                    .map(address -> toBase(address, name.port()))
                    .toList();
            lastGood.put(name, addresses);
            troubles.remove(key);
        } catch (UnknownHostException e) {
            troubles.put(key, "the name " + name.host() + " does not resolve; it is asked again every few seconds");
        }
        return lastGood.getOrDefault(name, List.of());
    }

    private static URI toBase(InetAddress address, int port) {
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        String host = zone < 0 ? text : text.substring(0, zone);
        return URI.create("http://" + (address instanceof Inet6Address ? "[" + host + "]" : host) + ":" + port);
    }

    private static URI requireBase(URI url) {
        if (url.getHost() == null || !("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
            throw new IllegalArgumentException("rensa.explorer.nodes: `" + url
                    + "` is not a node's base address; it looks like http://127.0.0.1:8080");
        }
        return url;
    }

    private static HostPort parse(String name) {
        int colon = name.lastIndexOf(':');
        try {
            int port = Integer.parseInt(name.substring(colon + 1));
            if (colon < 1 || port < 1 || port > 65_535) {
                throw new NumberFormatException(name);
            }
            return new HostPort(name.substring(0, colon), port);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "rensa.explorer.dns-names: `" + name
                            + "` is not host:port; it looks like rensa-node.default.svc.cluster.local:8080",
                    e);
        }
    }
}
