package dev.rensa.node.discovery;

import dev.rensa.node.peer.PeerAddress;
import io.vertx.core.Vertx;
import io.vertx.core.dns.DnsClient;
import io.vertx.core.dns.DnsClientOptions;
import io.vertx.core.dns.SrvRecord;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * A and AAAA records as the machine resolves them (hosts file and search domains included), SRV records from a DNS server.
 *
 * <p>The JVM keeps answers unless it is told not to, and reads the setting once, at its first look-up: start it with
 * {@code -Dsun.net.inetaddr.ttl=0 -Dsun.net.inetaddr.negative.ttl=0}, or set the security properties
 * {@code networkaddress.cache.ttl} and {@code networkaddress.cache.negative.ttl} to 0 before anything else.
 */
public final class SystemNameResolver implements NameResolver {

    private static final int QUERY_MILLIS = 3_000;

    private final Vertx vertx;
    private final DnsClient client;

    /**
     * Asks the given DNS server for SRV records, or else the system's first one.
     *
     * @param server a literal address and port
     */
    public SystemNameResolver(Vertx vertx, Optional<PeerAddress> server) {
        this.vertx = vertx;
        DnsClientOptions options = new DnsClientOptions().setQueryTimeout(QUERY_MILLIS);
        server.ifPresent(address -> options.setHost(address.host()).setPort(address.port()));
        this.client = vertx.createDnsClient(options);
    }

    @Override
    public CompletionStage<List<InetAddress>> addresses(String name) {
        return vertx.executeBlocking(() -> List.of(InetAddress.getAllByName(name)), false)
                .toCompletionStage();
    }

    @Override
    public CompletionStage<List<PeerAddress>> services(String name) {
        return client.resolveSRV(name)
                .map(records -> records.stream()
                        .sorted(Comparator.comparingInt(SrvRecord::priority))
                        .map(record -> new PeerAddress(withoutRootDot(record.target()), record.port()))
                        .toList())
                .toCompletionStage();
    }

    private static String withoutRootDot(String name) {
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }
}
