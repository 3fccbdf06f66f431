package dev.rensa.wallet.webhook;

import dev.rensa.wallet.key.SealedTexts;
import dev.rensa.wallet.key.VaultException;
import dev.rensa.wallet.key.VaultLockedException;
import dev.rensa.wallet.transfer.Notice;
import dev.rensa.wallet.transfer.StoreException;
import dev.rensa.wallet.transfer.TransferFeed;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/**
 * Tells webhooks of steps. What is to be told stands in the database before it is told, made of the audit log by its
 * numbers, and stays there until the receiver has taken it: after a kill it is told again, under the same id. One request a
 * webhook is under way at a time, so steps come in their order as long as nothing fails.
 */
public final class Dispatcher {

    /** Deliveries that are claimed and settled together: two writes for so many requests. */
    private static final int BATCH = 50;

    /** How long one batch may take; what is left of it then waits for the next. */
    private static final long BATCH_MILLIS = 20_000;

    /** Webhooks that are told at once. */
    private static final int MAX_AT_ONCE = 16;

    /** Failures in a row behind which a receiver is left alone for a while. */
    private static final int MAX_FAILURES = 3;

    private static final System.Logger LOG = System.getLogger(Dispatcher.class.getName());

    private final WebhookStore store;
    private final TransferFeed feed;
    private final SealedTexts secrets;
    private final Sender sender;
    private final Retries retries;
    private final Function<Notice, byte[]> bodies;
    private final Clock clock;
    private final Semaphore turns = new Semaphore(MAX_AT_ONCE);
    private final Set<String> busy = ConcurrentHashMap.newKeySet();
    private final Map<String, Rest> rests = new ConcurrentHashMap<>();
    private final LongAdder taken = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder dead = new LongAdder();

    private record Rest(int failures, long untilMillis) {}

    /**
     * Makes a dispatcher; {@link #round()} drives it.
     *
     * @param bodies the body of a step, the same whenever it is asked for
     */
    public Dispatcher(
            WebhookStore store,
            TransferFeed feed,
            SealedTexts secrets,
            Sender sender,
            Retries retries,
            Function<Notice, byte[]> bodies,
            Clock clock) {
        this.store = store;
        this.feed = feed;
        this.secrets = secrets;
        this.sender = sender;
        this.retries = retries;
        this.bodies = bodies;
        this.clock = clock;
    }

    /** Plans what is new, and sends what is due, each webhook by a thread of its own. For one thread. */
    public void round() {
        try {
            for (Webhook webhook : store.list()) {
                plan(webhook);
                if (!isResting(webhook) && busy.add(webhook.id())) {
                    start(webhook);
                }
            }
        } catch (StoreException e) {
            LOG.log(System.Logger.Level.DEBUG, "webhooks wait for the database", e);
        }
    }

    /** Sends a message at once and once; returns how it went. */
    public String test(Webhook webhook, byte[] body) {
        try {
            return sender.send(webhook, secret(webhook), "test-" + clock.millis(), body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    /** Requests that were taken since the start. */
    public long takenCount() {
        return taken.sum();
    }

    /** Requests that were not. */
    public long failedCount() {
        return failed.sum();
    }

    /** Deliveries that were given up since the start. */
    public long deadCount() {
        return dead.sum();
    }

    /** The place that a webhook's secret is sealed for. */
    public static String place(String webhook) {
        return "webhook/" + webhook;
    }

    private void plan(Webhook webhook) {
        int room = Delivery.MAX_WAITING - store.waiting(webhook.id());
        if (room <= 0) {
            return;
        }
        TransferFeed.Page page = feed.after(webhook.position(), webhook.filter(), Math.min(room, 1000));
        if (page.upTo() > webhook.position()) {
            store.plan(webhook, page.notices().stream().map(Notice::sequence).toList(), page.upTo(), clock.millis());
        }
    }

    private boolean isResting(Webhook webhook) {
        Rest rest = rests.get(webhook.id());
        return rest != null && clock.millis() < rest.untilMillis();
    }

    private void start(Webhook webhook) {
        if (!turns.tryAcquire()) {
            busy.remove(webhook.id());
            return;
        }
        Thread.ofVirtual().name("webhook-" + webhook.id()).start(() -> {
            try {
                boolean more = true;
                while (more) {
                    more = deliver(webhook);
                }
            } catch (VaultLockedException e) {
                LOG.log(System.Logger.Level.DEBUG, "webhooks wait for somebody who unlocks");
            } catch (StoreException | VaultException e) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "webhook " + webhook.id() + " could not be served; it is tried again",
                        e);
                rest(webhook, MAX_FAILURES);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                turns.release();
                busy.remove(webhook.id());
            }
        });
    }

    /** Whether there may be more to deliver at once. */
    private boolean deliver(Webhook webhook) throws InterruptedException {
        long began = clock.millis();
        WebhookSecret secret = secret(webhook);
        long leased = began + BATCH_MILLIS + 2 * sender.timeout().toMillis();
        List<Delivery> claimed = store.claim(webhook.id(), began, leased, BATCH);
        if (claimed.isEmpty()) {
            return false;
        }
        List<Delivery> gone = new ArrayList<>();
        List<Delivery> others = new ArrayList<>();
        Optional<Webhook.Attempt> last = Optional.empty();
        int failures = failuresOf(webhook);
        for (Delivery delivery : claimed) {
            long now = clock.millis();
            if (now - began > BATCH_MILLIS || (failures >= MAX_FAILURES && last.isPresent())) {
                others.add(at(delivery, now));
                continue;
            }
            String result = send(webhook, secret, delivery);
            boolean isTaken = result.equals(Webhook.Attempt.TAKEN);
            failures = isTaken ? 0 : failures + 1;
            last = Optional.of(new Webhook.Attempt(delivery.sequence(), clock.millis(), result));
            if (isTaken) {
                taken.increment();
                gone.add(delivery);
            } else {
                failed.increment();
                others.add(tried(delivery, result));
            }
        }
        store.settle(webhook.id(), leased, gone, others, last);
        rest(webhook, failures);
        return gone.size() == BATCH;
    }

    private String send(Webhook webhook, WebhookSecret secret, Delivery delivery) throws InterruptedException {
        Optional<Notice> notice = feed.after(delivery.sequence() - 1, TransferFeed.Filter.ALL, 1).notices().stream()
                .filter(each -> each.sequence() == delivery.sequence())
                .findFirst();
        return notice.isEmpty()
                ? "there is no such step any more"
                : sender.send(webhook, secret, notice.get().name(), bodies.apply(notice.get()));
    }

    private Delivery tried(Delivery delivery, String result) {
        long now = clock.millis();
        int attempts = delivery.attempts() + 1;
        OptionalLong next = retries.next(attempts, now);
        if (next.isEmpty()) {
            dead.increment();
            LOG.log(
                    System.Logger.Level.WARNING,
                    "webhook {0} did not take step {1} in {2} attempts ({3}): it is given up",
                    delivery.webhook(),
                    delivery.sequence(),
                    attempts,
                    result);
        }
        return new Delivery(
                delivery.webhook(),
                delivery.sequence(),
                next.isEmpty() ? Delivery.DEAD : Delivery.WAITING,
                attempts,
                next.orElse(now),
                now,
                result);
    }

    private static Delivery at(Delivery delivery, long now) {
        return new Delivery(
                delivery.webhook(),
                delivery.sequence(),
                Delivery.WAITING,
                delivery.attempts(),
                now,
                delivery.lastAtMillis(),
                delivery.lastResult());
    }

    private int failuresOf(Webhook webhook) {
        Rest rest = rests.get(webhook.id());
        return rest == null ? 0 : rest.failures();
    }

    private void rest(Webhook webhook, int failures) {
        if (failures == 0) {
            rests.remove(webhook.id());
        } else {
            long rest = failures < MAX_FAILURES ? 0 : Retries.rest(failures - MAX_FAILURES);
            rests.put(webhook.id(), new Rest(failures, clock.millis() + rest));
        }
    }

    private WebhookSecret secret(Webhook webhook) {
        String sealed = store.sealedSecret(webhook.id())
                .orElseThrow(() -> new VaultException("webhook " + webhook.id() + " has no secret any more"));
        return secrets.open(sealed, place(webhook.id()), WebhookSecret::ofBytes);
    }
}
