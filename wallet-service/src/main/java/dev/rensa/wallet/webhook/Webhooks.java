package dev.rensa.wallet.webhook;

import dev.rensa.wallet.key.SealedTexts;
import dev.rensa.wallet.key.WalletId;
import dev.rensa.wallet.transfer.NoticeType;
import dev.rensa.wallet.transfer.TransferFeed;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes, lists and removes webhooks. Safe for use by several threads. */
public final class Webhooks {

    private final WebhookStore store;
    private final TransferFeed feed;
    private final SealedTexts secrets;
    private final HostRule hosts;
    private final SecureRandom random;
    private final Clock clock;

    public Webhooks(
            WebhookStore store,
            TransferFeed feed,
            SealedTexts secrets,
            HostRule hosts,
            SecureRandom random,
            Clock clock) {
        this.store = store;
        this.feed = feed;
        this.secrets = secrets;
        this.hosts = hosts;
        this.random = random;
        this.clock = clock;
    }

    /** A fresh webhook and its secret, which is shown once. */
    public record Created(Webhook webhook, WebhookSecret secret) {}

    /** Whether the operator allows to call this URL's host. */
    public boolean allows(URI url) {
        return hosts.allows(url);
    }

    /** Makes one that is told of everything from now on; empty if there are {@link Webhook#MAX_WEBHOOKS}. */
    public Optional<Created> create(
            String label, URI url, Set<NoticeType> types, @Nullable WalletId wallet, String actor) {
        WebhookSecret secret = WebhookSecret.generate(random);
        Webhook webhook = new Webhook(
                UUID.randomUUID().toString(), label, url, types, wallet, feed.last(), clock.millis(), actor, null);
        String sealed = secrets.seal(secret.toBytes(), Dispatcher.place(webhook.id()));
        return store.add(webhook, sealed) ? Optional.of(new Created(webhook, secret)) : Optional.empty();
    }

    public List<Webhook> list() {
        return store.list();
    }

    public Optional<Webhook> find(String id) {
        return store.find(id);
    }

    /** Removes one with what it was still to be told; false if there is none of this id. */
    public boolean remove(String id) {
        return store.remove(id);
    }

    /** How many deliveries wait. */
    public int waiting(Webhook webhook) {
        return store.waiting(webhook.id());
    }

    /** A page of deliveries; see {@link WebhookStore#list(String, String, long, int)}. */
    public List<Delivery> deliveries(Webhook webhook, String state, long after, int limit) {
        return store.list(webhook.id(), state, after, limit);
    }

    /** Lets those that were given up be tried again; returns how many. */
    public int revive(Webhook webhook) {
        return store.revive(webhook.id(), clock.millis());
    }
}
