package dev.rensa.node.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rensa.protocol.api.NodeEvent;
import dev.rensa.protocol.verdict.RejectionReason;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.operators.multi.processors.UnicastProcessor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Tells events to whoever listens. Publishing costs the writer one insertion into a queue; a thread of its own writes
 * each event once and hands it to every client. A client that does not keep up is disconnected, as it would otherwise
 * take memory without end or miss events unawares: it comes back and asks for the state anew.
 */
@ApplicationScoped
public class EventStream {

    /** Events that may wait for the thread that writes them. */
    private static final int MAX_WAITING = 65_536;

    /** Events that may wait for one client. */
    private static final int MAX_WAITING_FOR_CLIENT = 8_192;

    private static final Logger LOG = Logger.getLogger(EventStream.class);

    /** An event as it goes over the wire. */
    record Written(long id, String name, String json) {}

    /** Compared by identity, as its parts are. */
    private record Client(Queue<Written> unsent, UnicastProcessor<Written> events, Runnable disconnect) {}

    private final ObjectMapper json;
    private final int maxClients;
    private final BlockingQueue<NodeEvent> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final Set<Client> clients = ConcurrentHashMap.newKeySet();
    private final Thread writer;
    private long nextId = 1;

    public EventStream(ObjectMapper json, ApiSettings settings) {
        this.json = json;
        this.maxClients = settings.maxEventClients();
        this.writer = Thread.ofPlatform().name("rensa-events").daemon().unstarted(this::write);
        writer.start();
    }

    /** Tells an event to all who listen at the moment. From any thread; never waits. */
    public void publish(NodeEvent event) {
        if (!clients.isEmpty() && !waiting.offer(event)) {
            // Whoever listens has missed something now, so nobody may go on as if nothing had happened.
            disconnectAll();
        }
    }

    /** How many listen. */
    public int clientCount() {
        return clients.size();
    }

    /**
     * Everything from now on.
     *
     * @param disconnect cuts the connection to a client that does not keep up
     */
    Multi<Written> listen(Runnable disconnect) {
        if (clients.size() >= maxClients) {
            throw new ProblemException(
                    RejectionReason.NOT_READY,
                    maxClients + " clients listen already, which is the limit (rensa.api.max-event-clients)");
        }
        Queue<Written> unsent = new ArrayBlockingQueue<>(MAX_WAITING_FOR_CLIENT);
        Client client = new Client(unsent, UnicastProcessor.create(unsent, () -> {}), disconnect);
        // Before anybody subscribes: what happens until then waits in the queue.
        clients.add(client);
        return client.events().onTermination().invoke(() -> clients.remove(client));
    }

    void stop(@Observes ShutdownEvent event) {
        disconnectAll();
        writer.interrupt();
    }

    private void disconnectAll() {
        clients.forEach(client -> client.events().onComplete());
        clients.clear();
    }

    private void tell(Client client, Written event) {
        if (client.unsent().size() < MAX_WAITING_FOR_CLIENT) {
            client.events().onNext(event);
        } else {
            clients.remove(client);
            client.disconnect().run();
        }
    }

    private void write() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                NodeEvent event = waiting.take();
                Written written = new Written(nextId++, event.name(), json.writeValueAsString(event));
                clients.forEach(client -> tell(client, written));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (JsonProcessingException | RuntimeException e) {
            LOG.error("An event cannot be written; the event stream ends", e);
            disconnectAll();
        }
    }
}
