package dev.rensa.network.fault;

import dev.rensa.network.client.RefusedException;
import dev.rensa.network.client.UnansweredException;
import dev.rensa.network.client.WalletClient;
import dev.rensa.network.cluster.Await;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/**
 * Clients of a wallet that comes and goes: each asks for one payment of 1 mon, with a key of its own, again and again until
 * it is accepted, as careful ones do.
 */
final class Payments implements AutoCloseable {

    private static final int TOO_MANY_REQUESTS = 429;
    private static final long PAUSE_NANOS = Duration.ofMillis(100).toNanos();
    private static final Duration PROGRESS_BOUND = Duration.ofSeconds(60);

    /** Requests that are on their way at once: each has a connection. */
    private final Semaphore connections;

    private final WalletClient wallet;
    private final String recipient;
    private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, String> accepted = new ConcurrentHashMap<>();
    private volatile boolean running = true;
    private volatile String refused = "none";
    private int asked;

    Payments(WalletClient wallet, String recipient, int connections) {
        this.wallet = wallet;
        this.recipient = recipient;
        this.connections = new Semaphore(connections);
    }

    /** Asks for so many payments of each of a wallet's first accounts, all at once. */
    void ask(String from, int accounts, int count) {
        for (int i = 0; i < count; i++) {
            for (int account = 0; account < accounts; account++) {
                String key = from + "-" + account + "-" + i;
                int payer = account;
                clients.execute(() -> pay(from, payer, key));
            }
        }
        asked += accounts * count;
    }

    /** Waits until so many have been accepted. */
    void awaitAccepted(int count) {
        Await.until(
                count + " of " + asked + " payments are accepted",
                PROGRESS_BOUND,
                () -> accepted.size() + ", refused: " + refused,
                () -> accepted.size() >= count);
    }

    void awaitAllAccepted() {
        awaitAccepted(asked);
    }

    int asked() {
        return asked;
    }

    String recipient() {
        return recipient;
    }

    /** Ids of what was accepted. */
    Collection<String> accepted() {
        return List.copyOf(accepted.values());
    }

    @Override
    public void close() {
        running = false;
        clients.close();
    }

    private void pay(String from, int account, String key) {
        while (running && !accepted.containsKey(key)) {
            connections.acquireUninterruptibly();
            try {
                accepted.put(key, wallet.transfer(from, account, recipient, 1, key));
            } catch (UnansweredException e) {
                // It was killed: it comes back.
                LockSupport.parkNanos(PAUSE_NANOS);
            } catch (RefusedException e) {
                if (e.status() < 500 && e.status() != TOO_MANY_REQUESTS) {
                    refused = e.toString();
                    throw e;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            } finally {
                connections.release();
            }
        }
    }
}
