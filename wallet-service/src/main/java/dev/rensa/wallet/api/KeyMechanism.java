package dev.rensa.wallet.api;

import dev.rensa.wallet.access.ApiKey;
import dev.rensa.wallet.access.KeyRing;
import dev.rensa.wallet.access.Role;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Tells who makes a request by its API key. As long as there is no key at all, this machine may do everything. */
@Singleton
class KeyMechanism implements HttpAuthenticationMechanism {

    private static final String SCHEME = "ApiKey realm=\"rensa-wallet\"";
    private static final String SCHEMES = SCHEME + ", Bearer realm=\"rensa-wallet\"";

    private final KeyRing ring;
    private final AccessSettings settings;

    KeyMechanism(KeyRing ring, AccessSettings settings) {
        this.ring = ring;
        this.settings = settings;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext request, IdentityProviderManager providers) {
        Optional<String> secret = Credentials.apiKey(request);
        if (secret.isPresent()) {
            Optional<ApiKey> key = ring.find(secret.get());
            if (key.isPresent()) {
                ApiKey active = key.get();
                return Uni.createFrom()
                        .item(identity(Caller.KEY + active.name(), active.role(), () -> ring.holds(active)));
            }
            return ring.isOpen() && isOfThisMachine(request)
                    ? Uni.createFrom().item(identity(Caller.LOCAL, Role.ADMIN, ring::isOpen))
                    : Uni.createFrom()
                            .failure(new AuthenticationFailedException("the API key is not one of this wallet's"));
        }
        if (ring.isOpen() && isOfThisMachine(request)) {
            return Uni.createFrom().item(identity(Caller.LOCAL, Role.ADMIN, ring::isOpen));
        }
        return Uni.createFrom().nullItem();
    }

    private static boolean isOfThisMachine(RoutingContext request) {
        return RequestOrigin.of(request.request()).isOfThisMachine();
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext request) {
        return Uni.createFrom().item(new ChallengeData(401, "WWW-Authenticate", settings.tokens() ? SCHEMES : SCHEME));
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of();
    }

    private static SecurityIdentity identity(String name, Role role, BooleanSupplier standing) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(name))
                .addAttribute(Caller.ATTRIBUTE, name)
                .addAttribute(Caller.STANDING, standing)
                .addRoles(role.includedCodes())
                .build();
    }
}
