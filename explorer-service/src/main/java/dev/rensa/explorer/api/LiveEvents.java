package dev.rensa.explorer.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells events to whoever listens, and keeps the last ones for clients that come back. Publishing never waits: a client
 * that takes nothing is cut off, and comes back with the id of what it saw last.
 */
public final class LiveEvents {

    /** Events kept for clients that come back: some minutes of a busy network. */
    static final int MAX_KEPT = 2_000;

    /** Most clients at once. */
    static final int MAX_CLIENTS = 512;

    /** Events that may wait for one client; the whole of what is kept must fit. */
    private static final int MAX_WAITING = MAX_KEPT + 500;

    private static final Pattern ID = Pattern.compile("([0-9]{1,18})-([0-9]{1,18})");

    private final ObjectMapper json;
    private final long epoch;
    private final Deque<Event> kept = new ArrayDeque<>();
    private final List<Client> clients = new ArrayList<>();
    private long number;

    /**
     * An event as it is sent.
     *
     * @param id {@code epoch-number}
     * @param name null for a comment, which only keeps the connection and tells the id
     */
    public record Event(String id, @Nullable String name, String json) {}

    private record Client(Set<String> types, MultiEmitter<? super Event> emitter) {}

    /**
     * A stream without events.
     *
     * @param epoch another one at each start, so that ids of an earlier start are known as such
     */
    public LiveEvents(ObjectMapper json, long epoch) {
        this.json = json;
        this.epoch = epoch;
    }

    /**
     * Tells an event to everybody who wants its kind.
     *
     * @return what was told, as JSON
     */
    public synchronized String publish(String name, Object data) {
        Event event = new Event(epoch + "-" + ++number, name, text(data));
        kept.addLast(event);
        if (kept.size() > MAX_KEPT) {
            kept.removeFirst();
        }
        for (Client client : List.copyOf(clients)) {
            if (client.types().isEmpty() || client.types().contains(name)) {
                client.emitter().emit(event);
            }
        }
        return event.json();
    }

    /**
     * Tells an event to those who asked for its kind by name, and to nobody who comes later: there may be many of them, and
     * they would drive out of what is kept the few that a client must not miss.
     */
    public synchronized void flash(String name, Object data) {
        if (clients.stream().noneMatch(client -> client.types().contains(name))) {
            return;
        }
        Event event = new Event(epoch + "-" + number, name, text(data));
        for (Client client : List.copyOf(clients)) {
            if (client.types().contains(name)) {
                client.emitter().emit(event);
            }
        }
    }

    /** Keeps silent connections open, and tells clients where the stream is. */
    public synchronized void keepAlive() {
        Event comment = new Event(epoch + "-" + number, null, "events follow");
        List.copyOf(clients).forEach(client -> client.emitter().emit(comment));
    }

    /** How many listen. */
    public synchronized int clientCount() {
        return clients.size();
    }

    /**
     * Opens a stream.
     *
     * @param types names of the events that are wanted; all if empty
     * @param lastId id of the last event that the client saw, null for everything from now on
     */
    Multi<Event> listen(Set<String> types, @Nullable String lastId) {
        synchronized (this) {
            if (clients.size() >= MAX_CLIENTS) {
                throw ProblemException.unavailable(
                        "too-many-clients", "As many clients listen as may: " + MAX_CLIENTS + ". Try again later.");
            }
        }
        return Multi.createFrom()
                .<Event>emitter(emitter -> open(new Client(types, emitter), lastId), BackPressureStrategy.IGNORE)
                .onOverflow()
                .buffer(MAX_WAITING);
    }

    private synchronized void open(Client client, @Nullable String lastId) {
        clients.add(client);
        client.emitter().onTermination(() -> leave(client));
        long seen = lastId == null ? number : position(lastId);
        if (seen < number - kept.size()) {
            client.emitter().emit(new Event(epoch + "-" + number, "gap", "{}"));
        } else {
            kept.stream()
                    .skip(kept.size() - (number - seen))
                    .filter(event -> client.types().isEmpty() || client.types().contains(event.name()))
                    .forEach(client.emitter()::emit);
        }
        client.emitter().emit(new Event(epoch + "-" + number, null, "events follow"));
    }

    private synchronized void leave(Client client) {
        clients.remove(client);
    }

    /** The number of an event of this start; −1 for any other. */
    private long position(String id) {
        Matcher parts = ID.matcher(id);
        if (!parts.matches() || Long.parseLong(parts.group(1)) != epoch) {
            return -1;
        }
        long position = Long.parseLong(parts.group(2));
        return position <= number ? position : -1;
    }

    String text(Object data) {
        try {
            return json.writeValueAsString(data);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event cannot be written", e);
        }
    }
}
