package dev.rensa.node.discovery;

import dev.rensa.node.peer.PeerAddress;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import javax.naming.NamingException;

/**
 * A and AAAA records as the machine resolves them (hosts file and search domains included), SRV records from its DNS servers;
 * or all of them from one given server. Relative names are looked for in the search domains. DNS is asked anew each time, over
 * TCP where an answer is too long for UDP.
 *
 * <p>The JVM keeps the machine's answers unless it is told not to, and reads the setting once, at its first look-up: set the
 * security properties {@code networkaddress.cache.ttl} and {@code networkaddress.cache.negative.ttl} low before anything else.
 */
public final class SystemNameResolver implements NameResolver {

    /** Four fields: priority, weight, port, target (RFC 2782). */
    private static final int SERVICE_FIELDS = 4;

    private final Vertx vertx;
    private final Optional<PeerAddress> server;
    private final SearchDomains search;

    /**
     * Asks the given DNS server for everything, or else the system.
     *
     * @param server a literal address and port
     */
    public SystemNameResolver(Vertx vertx, Optional<PeerAddress> server) {
        this(vertx, server, SearchDomains.of(SearchDomains.SYSTEM_FILE));
    }

    SystemNameResolver(Vertx vertx, Optional<PeerAddress> server, SearchDomains search) {
        this.vertx = vertx;
        this.server = server;
        this.search = search;
    }

    @Override
    public CompletionStage<List<InetAddress>> addresses(String name) {
        return server.isEmpty()
                ? blocking(() -> List.of(InetAddress.getAllByName(name)))
                : blocking(() -> firstAnswer(name, "A", "AAAA").stream()
                        .map(InetAddress::ofLiteral)
                        .toList());
    }

    @Override
    public CompletionStage<List<PeerAddress>> services(String name) {
        return blocking(() -> firstAnswer(name, "SRV").stream()
                .map(record -> List.of(record.split(" ", -1)))
                .filter(fields -> fields.size() == SERVICE_FIELDS)
                .sorted(Comparator.comparingInt(fields -> Integer.parseInt(fields.getFirst())))
                .map(fields -> new PeerAddress(withoutRootDot(fields.get(3)), Integer.parseInt(fields.get(2))))
                .toList());
    }

    /** Records of the first full name that has any. A server that refuses one name may know the next. */
    private List<String> firstAnswer(String name, String... types) throws NamingException {
        NamingException failure = null;
        for (String full : search.fullNames(name)) {
            try {
                List<String> records = DnsQuery.records(server, full, types);
                if (!records.isEmpty()) {
                    return records;
                }
            } catch (NamingException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
        return List.of();
    }

    private <T> CompletionStage<T> blocking(Callable<T> work) {
        return vertx.executeBlocking(work, false).toCompletionStage();
    }

    private static String withoutRootDot(String name) {
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }
}
