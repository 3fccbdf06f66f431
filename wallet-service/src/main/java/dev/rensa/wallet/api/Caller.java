package dev.rensa.wallet.api;

import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.inject.Singleton;

/** Who makes the present request, as the logs name it. */
@Singleton
public class Caller {

    static final String KEY = "key:";
    static final String TOKEN = "token:";
    static final String LOCAL = "local";

    /** Where whoever was found out without a token is named: a token's subject may be any text, `key:NAME` too. */
    static final String ATTRIBUTE = "rensa.caller";

    private static final int MAX_LENGTH = 300;

    private final CurrentIdentityAssociation identity;

    Caller(CurrentIdentityAssociation identity) {
        this.identity = identity;
    }

    /** {@code key:NAME}, {@code token:SUBJECT}, or {@code local} where no key is needed. */
    public String actor() {
        SecurityIdentity caller = identity.getIdentity();
        String name = caller.getPrincipal() == null ? "" : caller.getPrincipal().getName();
        String known = caller.getAttribute(ATTRIBUTE);
        String actor = known == null ? TOKEN + name : known;
        return actor.length() > MAX_LENGTH ? actor.substring(0, MAX_LENGTH) : actor;
    }
}
