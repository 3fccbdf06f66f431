package dev.rensa.wallet.app;

import dev.rensa.wallet.access.AuditLog;
import dev.rensa.wallet.access.KeyRing;
import dev.rensa.wallet.api.AccessSettings;
import dev.rensa.wallet.store.Database;
import dev.rensa.wallet.store.JdbcAccessStore;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes the parts that decide who may do what. */
@Singleton
class AccessWiring {

    private static final System.Logger LOG = System.getLogger(AccessWiring.class.getName());

    private final WalletConfig.Access config;
    private final boolean tokens;
    private final SecureRandom random = new SecureRandom();

    AccessWiring(
            WalletConfig config,
            @ConfigProperty(name = "quarkus.oidc.tenant-enabled", defaultValue = "false") boolean tokens,
            @ConfigProperty(name = "quarkus.oidc.token.audience") Optional<List<String>> audience) {
        this.config = config.access();
        this.tokens = tokens;
        requireAudience(tokens, audience);
    }

    /** Else whoever has a token of the same issuer for any other service could bring it here. */
    static void requireAudience(boolean tokens, Optional<List<String>> audience) {
        if (tokens && audience.orElse(List.of()).isEmpty()) {
            throw new IllegalArgumentException(
                    "quarkus.oidc.tenant-enabled is true without quarkus.oidc.token.audience:"
                            + " name the audience that an issuer's tokens must have to be meant for this wallet");
        }
    }

    @Produces
    @Singleton
    AccessSettings accessSettings() {
        if (config.requestsPerSecond() < 1 || config.unknownPerSecond() < 1) {
            throw new IllegalArgumentException("rensa.wallet.access.requests-per-second and"
                    + " rensa.wallet.access.unknown-per-second must be at least 1");
        }
        return new AccessSettings(
                config.allowedHosts().orElse(Set.of()).stream()
                        .map(host -> host.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toUnmodifiableSet()),
                tokens,
                config.requestsPerSecond(),
                config.unknownPerSecond());
    }

    @Produces
    @Singleton
    KeyRing keyRing(Database database, AuditLog audit, Clock clock) {
        return new KeyRing(new JdbcAccessStore(database).keys(), audit, adminKey(), tokens, random, clock);
    }

    @Produces
    @Singleton
    AuditLog auditLog(Database database, Clock clock) {
        return new AuditLog(new JdbcAccessStore(database).audit(), random, clock);
    }

    void tell(@Observes StartupEvent event, KeyRing ring) {
        if (ring.isOpen()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "no API key is configured: this machine alone is served, and whoever can reach its loopback may spend."
                            + " Make a key with POST /keys or set rensa.wallet.access.admin-key");
        }
    }

    private Optional<String> adminKey() {
        if (config.adminKey().isPresent() && config.adminKeyFile().isPresent()) {
            throw new IllegalArgumentException(
                    "both rensa.wallet.access.admin-key and rensa.wallet.access.admin-key-file are set: choose one");
        }
        return config.adminKeyFile()
                .map(file -> {
                    try {
                        return Files.readString(file).strip();
                    } catch (IOException e) {
                        throw new UncheckedIOException(
                                "the file of rensa.wallet.access.admin-key-file cannot be read: " + file, e);
                    }
                })
                .or(config::adminKey);
    }
}
