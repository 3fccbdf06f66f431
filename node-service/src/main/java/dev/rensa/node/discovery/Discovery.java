package dev.rensa.node.discovery;

import dev.rensa.node.peer.DialOutcome;
import dev.rensa.node.peer.NodeKey;
import dev.rensa.node.peer.PeerAddress;
import dev.rensa.node.peer.PeerLink;
import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.verdict.RejectionReason;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Looks for nodes and dials those that are not connected. Each address that any source named keeps the reason why it is or
 * is not a peer.
 *
 * <p>Safe for use by several threads.
 */
public final class Discovery {

    /** Dials at a time. */
    static final int MAX_DIALS_IN_FLIGHT = 16;

    /** Dials of one run; the next one goes on. */
    static final int MAX_DIALS_A_RUN = 512;

    /** Further addresses of connected nodes that are asked again in one run. */
    static final int MAX_FURTHER_A_RUN = 8;

    /** Addresses of the last time this node ran that are dialled before all others. */
    static final int ANCHORS = 2;

    /** How long an address whose node proved its key need not be felt for again. */
    static final long PROVED_MILLIS = 3_600_000;

    /** How long a run waits for its sources. What a slower one finds is dialled by the next run. */
    static final long LOOKING_MILLIS = 3_000;

    private static final Logger LOG = Logger.getLogger(Discovery.class);

    private final List<CandidateSource> sources;
    private final Network network;
    private final AddressBook book;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final DialOrder order;
    private final CandidateTable table;
    private final AtomicBoolean running = new AtomicBoolean();

    /** The last look of each source; one that still goes on is not begun a second time. Touched by a run's beginning only. */
    private final Map<CandidateSource, CompletableFuture<Void>> lookings = new HashMap<>();

    /** What is known of connections, and how to make them: the transport's. */
    public interface Network {

        /** Connects; the stage must not fail. */
        CompletionStage<DialOutcome> dial(PeerAddress address);

        /** Learns who listens there and connects to nobody; the stage must not fail. */
        CompletionStage<DialOutcome> feel(PeerAddress address);

        /** Links that are open. */
        List<PeerLink> links();

        /** How many more nodes may be dialled. */
        int freePlaces();

        /** Why nobody should be dialled at present: all places for that are taken. */
        Optional<Rejection> noPlace();
    }

    /**
     * Prepares it; nothing happens before {@link #run()}.
     *
     * @param sources those that are switched on
     * @param book where addresses are kept that proved to be nodes'
     * @param random decides between addresses that are equally good
     * @param intervalMillis how often it will be run, from which the pauses after refusals are reckoned
     */
    public Discovery(
            List<CandidateSource> sources,
            Network network,
            AddressBook book,
            InstantSource clock,
            RandomGenerator random,
            long intervalMillis) {
        this.sources = Stream.concat(sources.stream(), Stream.of(book)).toList();
        this.network = network;
        this.book = book;
        this.clock = clock;
        this.random = random;
        this.order = new DialOrder(random);
        this.table = new CandidateTable(intervalMillis, random);
    }

    /**
     * Asks every source and dials what is due. It waits {@link #LOOKING_MILLIS} for a source and no longer: a dead name
     * server, or a wide range that is probed, must not keep the node from those whom others name.
     *
     * @return completes when the run is over, never with a failure; at once if another run is still going
     */
    public CompletionStage<Void> run() {
        if (!running.compareAndSet(false, true)) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<?>[] answers = sources.stream()
                .map(source ->
                        lookings.compute(source, (_, last) -> last == null || last.isDone() ? look(source) : last))
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture<Void> looked = CompletableFuture.allOf(answers);
        CompletableFuture<Void> inTime =
                looked.isDone() ? looked : looked.copy().completeOnTimeout(null, LOOKING_MILLIS, TimeUnit.MILLISECONDS);
        return inTime.thenCompose(_ -> dialDue()).handle((_, failure) -> {
            if (failure != null) {
                LOG.error("a discovery run failed; the next one starts afresh", failure);
            }
            table.endRun(connected(), clock.millis());
            book.save();
            running.set(false);
            return null;
        });
    }

    /** Whether a run is going. */
    public boolean isRunning() {
        return running.get();
    }

    /** Every address that was found lately, with its present state. */
    public List<Candidate> candidates() {
        return table.candidates(connected(), network.noPlace(), clock.millis());
    }

    private CompletableFuture<Void> look(CandidateSource source) {
        Connected connected = connected();
        Predicate<PeerAddress> atRest = address -> table.isAtRest(address, connected, clock.millis());
        CompletionStage<List<PeerAddress>> answer;
        try {
            answer = source.find(atRest);
        } catch (RuntimeException e) {
            answer = CompletableFuture.failedStage(e);
        }
        return answer.handle((found, failure) -> {
                    if (failure != null) {
                        LOG.debugf(failure, "discovery by %s found nothing this time", source.name());
                    } else {
                        found.forEach(address -> table.found(address, source.name(), clock.millis()));
                    }
                    return (Void) null;
                })
                .toCompletableFuture();
    }

    /** Fills the free places; when there are none, feels for one more node, so that others are known when one is needed. */
    private CompletionStage<Void> dialDue() {
        Connected connected = connected();
        CandidateTable.Due due = table.due(connected, clock.millis());
        connected.byAddress().forEach((address, key) -> {
            if (connected.outbound().contains(address)) {
                book.proved(address, key);
            }
        });
        List<PeerAddress> further = due.further()
                .subList(0, Math.min(MAX_FURTHER_A_RUN, due.further().size()));
        int places = network.freePlaces();
        if (places == 0) {
            List<PeerAddress> felt =
                    Stream.concat(further.stream(), feeler(due.open()).stream()).toList();
            return attempt(felt, MAX_DIALS_IN_FLIGHT, network::feel);
        }
        // No more at a time than there are places, so that few are greeted for nothing.
        return attempt(further, MAX_DIALS_IN_FLIGHT, network::feel)
                .thenCompose(_ ->
                        attempt(inOrder(due.open(), connected), Math.min(places, MAX_DIALS_IN_FLIGHT), network::dial));
    }

    /** Lazily, so that dialling ends when the places are taken. */
    private Iterable<PeerAddress> inOrder(List<DialOrder.Due> due, Connected connected) {
        List<PeerAddress> addresses = order.of(due, connected.outbound());
        if (connected.outbound().isEmpty()) {
            List<PeerAddress> anchors =
                    book.latest(ANCHORS).stream().filter(addresses::contains).toList();
            addresses.removeAll(anchors);
            addresses.addAll(0, anchors);
        }
        return () -> addresses.stream()
                .limit(MAX_DIALS_A_RUN)
                .takeWhile(_ -> network.freePlaces() > 0)
                .iterator();
    }

    private Optional<PeerAddress> feeler(List<DialOrder.Due> due) {
        List<PeerAddress> unproved = due.stream()
                .map(DialOrder.Due::address)
                .filter(address -> !book.isProvedWithin(address, PROVED_MILLIS))
                .toList();
        return unproved.isEmpty() ? Optional.empty() : Optional.of(unproved.get(random.nextInt(unproved.size())));
    }

    private CompletionStage<Void> attempt(
            Iterable<PeerAddress> addresses, int width, Function<PeerAddress, CompletionStage<DialOutcome>> how) {
        return Lanes.run(
                addresses,
                width,
                address -> {
                    table.dialBegins(address, clock.millis());
                    return how.apply(address);
                },
                this::ended);
    }

    private void ended(PeerAddress address, DialOutcome outcome) {
        table.dialEnded(address, outcome, clock.millis());
        switch (outcome) {
            case DialOutcome.Connected(NodeKey key) -> book.proved(address, key);
            case DialOutcome.Refused(Rejection why, Optional<NodeKey> key) -> {
                if (why.reason() == RejectionReason.TOO_MANY_PEERS
                        || why.reason() == RejectionReason.ALREADY_CONNECTED) {
                    key.ifPresent(proved -> book.proved(address, proved));
                }
            }
        }
    }

    private Connected connected() {
        return Connected.of(network.links());
    }
}
