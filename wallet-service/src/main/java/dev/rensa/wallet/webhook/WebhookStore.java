package dev.rensa.wallet.webhook;

import java.util.List;
import java.util.Optional;

/**
 * Where webhooks and deliveries rest. Safe for use by several threads and several replicas. Every method throws
 * {@link dev.rensa.wallet.transfer.StoreException} when the storage fails.
 */
public interface WebhookStore {

    /** Writes a new one; false if there are {@link Webhook#MAX_WEBHOOKS}. */
    boolean add(Webhook webhook, String sealedSecret);

    /** Removes one with its deliveries; false if there is none of this id. */
    boolean remove(String id);

    /** All, oldest first. */
    List<Webhook> list();

    Optional<Webhook> find(String id);

    Optional<String> sealedSecret(String id);

    /**
     * Makes deliveries of steps and moves the webhook's position behind them, in one step; nothing happens if another
     * replica moved it meanwhile.
     */
    void plan(Webhook webhook, List<Long> sequences, long position, long nowMillis);

    /** How many wait. */
    int waiting(String webhook);

    /**
     * Tells what is due, lowest number first, and takes the webhook's turn: until the given time, or {@link #settle}, nobody
     * else gets anything of it. Empty if somebody has the turn, or nothing is due: then it is nobody's turn.
     */
    List<Delivery> claim(String webhook, long nowMillis, long untilMillis, int limit);

    /**
     * Writes how attempts went and ends the turn, in one step. Whose turn is over only has deleted what was taken.
     *
     * @param untilMillis the end of the turn, by which it is known
     * @param taken to be deleted
     * @param others as they stand now, tried or not
     * @param last the last attempt
     */
    void settle(
            String webhook,
            long untilMillis,
            List<Delivery> taken,
            List<Delivery> others,
            Optional<Webhook.Attempt> last);

    /**
     * A page in the order of their numbers.
     *
     * @param after only above this number
     * @param limit 1 to 1,000
     */
    List<Delivery> list(String webhook, String state, long after, int limit);

    /** Lets those that were given up be tried again; returns how many. */
    int revive(String webhook, long nowMillis);
}
