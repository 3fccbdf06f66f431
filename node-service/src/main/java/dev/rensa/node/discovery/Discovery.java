package dev.rensa.node.discovery;

import dev.rensa.node.peer.DialOutcome;
import dev.rensa.node.peer.PeerAddress;
import dev.rensa.node.peer.PeerLink;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
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

    private static final Logger LOG = Logger.getLogger(Discovery.class);

    private final List<CandidateSource> sources;
    private final Function<PeerAddress, CompletionStage<DialOutcome>> dial;
    private final Supplier<List<PeerLink>> links;
    private final InstantSource clock;
    private final CandidateTable table;
    private final AtomicBoolean running = new AtomicBoolean();

    /**
     * Prepares it; nothing happens before {@link #run()}.
     *
     * @param sources those that are switched on
     * @param dial the transport's; its stages must not fail
     * @param links the transport's open links
     * @param intervalMillis how often it will be run, from which the pauses after refusals are reckoned
     */
    public Discovery(
            List<CandidateSource> sources,
            Function<PeerAddress, CompletionStage<DialOutcome>> dial,
            Supplier<List<PeerLink>> links,
            InstantSource clock,
            long intervalMillis) {
        this.sources = List.copyOf(sources);
        this.dial = dial;
        this.links = links;
        this.clock = clock;
        this.table = new CandidateTable(intervalMillis);
    }

    /**
     * Asks every source and dials what is due.
     *
     * @return completes when the run is over, never with a failure; at once if another run is still going
     */
    public CompletionStage<Void> run() {
        if (!running.compareAndSet(false, true)) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<?>[] lookings = sources.stream().map(this::look).toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(lookings).thenCompose(_ -> dialDue()).handle((_, failure) -> {
            if (failure != null) {
                LOG.error("a discovery run failed; the next one starts afresh", failure);
            }
            table.endRun(connected(), clock.millis());
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
        return table.candidates(connected());
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

    private CompletionStage<Void> dialDue() {
        List<PeerAddress> due = table.takeDue(connected(), clock.millis());
        return Lanes.run(
                due,
                MAX_DIALS_IN_FLIGHT,
                dial,
                (address, outcome) -> table.dialEnded(address, outcome, clock.millis()));
    }

    private Connected connected() {
        return Connected.of(links.get());
    }
}
