package dev.rensa.wallet.access;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Writes down what was ordered apart from transfers, which have logs of their own. Safe for use by several threads. */
public final class AuditLog {

    private static final int RANDOM_BYTES = 8;

    private final AuditStore store;
    private final SecureRandom random;
    private final Clock clock;

    public AuditLog(AuditStore store, SecureRandom random, Clock clock) {
        this.store = store;
        this.random = random;
        this.clock = clock;
    }

    /** Adds a line; it is durable when this returns. */
    public void add(String actor, String action, String detail) {
        long now = clock.millis();
        byte[] tail = new byte[RANDOM_BYTES];
        random.nextBytes(tail);
        store.add(new AuditEntry(
                HexFormat.of().toHexDigits(now) + HexFormat.of().formatHex(tail), now, actor, action, detail));
    }

    /**
     * Carries out an order and adds its line, both or neither: no order stands that nobody gave.
     *
     * @param order writes to the store on the present thread; false if it changed nothing, and nothing is added then
     * @return what the order returned
     */
    public boolean order(String actor, String action, String detail, BooleanSupplier order) {
        return store.together(() -> {
            boolean changed = order.getAsBoolean();
            if (changed) {
                add(actor, action, detail);
            }
            return changed;
        });
    }

    /** The same for an order that always changes something. */
    public void order(String actor, String action, String detail, Runnable order) {
        order(actor, action, detail, () -> {
            order.run();
            return true;
        });
    }

    /** A page of it, newest first; see {@link AuditStore#list}. */
    public List<AuditEntry> list(@Nullable String before, int limit) {
        return store.list(before, limit);
    }
}
