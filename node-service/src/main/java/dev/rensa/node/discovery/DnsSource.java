package dev.rensa.node.discovery;

import dev.rensa.node.peer.PeerAddress;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/**
 * Names that stand for many nodes, as a headless service on Kubernetes does. A name that begins with an underscore
 * ({@code _peer._tcp.rensa-headless.default.svc.cluster.local}) is asked for SRV records, which bring ports with them; any
 * other for A and AAAA records, to which the configured port is added.
 */
public final class DnsSource implements CandidateSource {

    /** Most addresses taken of one name; a longer answer is cut. */
    static final int MAX_ADDRESSES = 1_024;

    private static final Logger LOG = Logger.getLogger(DnsSource.class);

    private final NameResolver resolver;
    private final List<String> names;
    private final int port;

    /**
     * Takes the names to ask for.
     *
     * @param port where nodes listen at the addresses of names without SRV records
     */
    public DnsSource(NameResolver resolver, List<String> names, int port) {
        this.resolver = resolver;
        this.names = List.copyOf(names);
        this.port = port;
        names.forEach(name -> new PeerAddress(name, port));
    }

    @Override
    public String name() {
        return "dns";
    }

    @Override
    public CompletionStage<List<PeerAddress>> find(Predicate<PeerAddress> leaveOut) {
        List<CompletableFuture<List<PeerAddress>>> answers =
                names.stream().map(this::ask).toList();
        return CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new))
                .thenApply(_ -> {
                    Set<PeerAddress> found = new LinkedHashSet<>();
                    answers.forEach(answer -> found.addAll(answer.join()));
                    found.removeIf(leaveOut);
                    return new ArrayList<>(found);
                });
    }

    private CompletableFuture<List<PeerAddress>> ask(String name) {
        CompletionStage<List<PeerAddress>> answer = name.startsWith("_")
                ? resolver.services(name)
                : resolver.addresses(name)
                        .thenApply(addresses ->
                                addresses.stream().map(this::withPort).toList());
        return answer.thenApply(found -> found.subList(0, Math.min(found.size(), MAX_ADDRESSES)))
                .exceptionally(failure -> {
                    // Quite usual while a cluster starts: the next run asks again.
                    LOG.debugf("the name %s was not resolved: %s", name, failure.getMessage());
                    return List.of();
                })
                .toCompletableFuture();
    }

    private PeerAddress withPort(InetAddress address) {
        return new PeerAddress(PeerAddress.withoutZone(address.getHostAddress()), port);
    }
}
