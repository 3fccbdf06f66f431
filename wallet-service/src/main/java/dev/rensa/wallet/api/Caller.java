package dev.rensa.wallet.api;

import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.function.BooleanSupplier;

/** Who makes the present request, as the logs name it. */
@Singleton
public class Caller {

    static final String KEY = "key:";
    static final String TOKEN = "token:";
    static final String LOCAL = "local";

    /** Where whoever was found out without a token is named: a token's subject may be any text, `key:NAME` too. */
    static final String ATTRIBUTE = "rensa.caller";

    private static final int MAX_LENGTH = 300;

    /** Tells whether whoever was found out without a token may still call. */
    static final String STANDING = "rensa.standing";

    /** Where the framework notes when a token expires, in seconds since 1970. */
    private static final String EXPIRY = "quarkus.identity.expire-time";

    private final CurrentIdentityAssociation identity;
    private final Clock clock;

    Caller(CurrentIdentityAssociation identity, Clock clock) {
        this.identity = identity;
        this.clock = clock;
    }

    /**
     * Who listens for longer than a call takes.
     *
     * @param stillHolds whether he may still: a key until it is revoked, a token until it expires, this machine until there is a
     *     key
     */
    record Standing(String name, BooleanSupplier stillHolds) {
        boolean holds() {
            return stillHolds.getAsBoolean();
        }
    }

    /** The caller as he stands now and later. */
    Standing standing() {
        BooleanSupplier known = identity.getIdentity().getAttribute(STANDING);
        Long expiry = identity.getIdentity().getAttribute(EXPIRY);
        BooleanSupplier holds = known != null
                ? known
                : () -> expiry == null || expiry == 0 || clock.instant().getEpochSecond() < expiry;
        return new Standing(actor(), holds);
    }

    /** {@code key:NAME}, {@code token:SUBJECT}, or {@code local} where no key is needed. */
    public String actor() {
        SecurityIdentity caller = identity.getIdentity();
        String name = caller.getPrincipal() == null ? "" : caller.getPrincipal().getName();
        String known = caller.getAttribute(ATTRIBUTE);
        // An issuer may name its people as it likes; what the log cannot keep becomes a mark there.
        String actor = known == null ? TOKEN + name.replace('\0', '?') : known;
        return actor.length() > MAX_LENGTH ? actor.substring(0, MAX_LENGTH) : actor;
    }
}
