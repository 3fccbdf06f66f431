package dev.rensa.wallet.api;

import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.quarkus.vertx.http.runtime.security.HttpSecurityUtils;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Map;

/** Notes in a request that its token was checked and holds. Only tokens are checked by the framework, keys are not. */
@Singleton
class TokenCheck implements SecurityIdentityAugmentor {

    private static final String HELD = "rensa.token-held";

    /** Whether the token of this request was checked, and holds. */
    static boolean held(RoutingContext request) {
        return request.get(HELD) != null;
    }

    @Override
    public Uni<SecurityIdentity> augment(SecurityIdentity identity, AuthenticationRequestContext context) {
        return Uni.createFrom().item(identity);
    }

    @Override
    public Uni<SecurityIdentity> augment(
            SecurityIdentity identity, AuthenticationRequestContext context, Map<String, Object> attributes) {
        RoutingContext request = HttpSecurityUtils.getRoutingContextAttribute(attributes);
        if (request != null && !identity.isAnonymous()) {
            request.put(HELD, true);
        }
        return Uni.createFrom().item(identity);
    }
}
