package dev.rensa.wallet.node;

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

/**
 * Where nodes are looked for: a list, and names of which every A and AAAA record is a node. Names are resolved afresh at each
 * call, because pods change their addresses. For one thread at a time.
 */
public final class NodeSources {

    /** Most addresses that are asked; a name that resolves to more is cut, not obeyed. */
    public static final int MAX_ADDRESSES = 64;

    private static final System.Logger LOG = System.getLogger(NodeSources.class.getName());

    /** How a name becomes addresses; {@link InetAddress#getAllByName} outside of tests. */
    @FunctionalInterface
    public interface Resolver {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    private final List<URI> fixed;
    private final List<HostPort> names;
    private final Resolver resolver;
    private final Map<HostPort, List<URI>> lastGood = new HashMap<>();
    private final Set<HostPort> unresolved = new LinkedHashSet<>();

    private record HostPort(String host, int port) {
        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    /**
     * Sources to ask.
     *
     * @param fixed base addresses of nodes, http or https
     * @param dnsNames host:port, where the port is that of the nodes' REST
     * @throws IllegalArgumentException if one is neither; the message names the setting
     */
    public NodeSources(List<URI> fixed, List<String> dnsNames, Resolver resolver) {
        this.fixed = fixed.stream().map(NodeSources::requireBase).toList();
        this.names = dnsNames.stream().map(NodeSources::parse).toList();
        this.resolver = resolver;
    }

    /** The addresses that need no resolving. */
    List<URI> fixed() {
        return fixed;
    }

    /** Every address, each once. A name that does not resolve at the moment keeps the addresses it had. May block. */
    Set<URI> addresses() {
        Set<URI> addresses = new LinkedHashSet<>(fixed);
        names.forEach(name -> addresses.addAll(resolve(name)));
        return addresses.size() <= MAX_ADDRESSES
                ? addresses
                : new LinkedHashSet<>(addresses.stream().limit(MAX_ADDRESSES).toList());
    }

    private List<URI> resolve(HostPort name) {
        try {
            List<URI> addresses = Arrays.stream(resolver.resolve(name.host()))
                    .map(address -> toBase(address, name.port()))
                    .toList();
            lastGood.put(name, addresses);
            if (unresolved.remove(name)) {
                LOG.log(System.Logger.Level.INFO, "the name {0} resolves again", name);
            }
        } catch (UnknownHostException e) {
            if (unresolved.add(name)) {
                LOG.log(System.Logger.Level.WARNING, "the name {0} does not resolve; it is asked again", name);
            }
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
            throw new IllegalArgumentException("rensa.wallet.nodes: `" + url
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
                    "rensa.wallet.dns-names: `" + name
                            + "` is not host:port; it looks like rensa-peers.default.svc.cluster.local:8080",
                    e);
        }
    }
}
