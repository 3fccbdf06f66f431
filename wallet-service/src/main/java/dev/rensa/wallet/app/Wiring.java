package dev.rensa.wallet.app;

import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.wallet.api.Presenter;
import dev.rensa.wallet.backup.Backups;
import dev.rensa.wallet.key.ContactStore;
import dev.rensa.wallet.key.Vault;
import dev.rensa.wallet.key.VaultStore;
import dev.rensa.wallet.key.Wallets;
import dev.rensa.wallet.node.AccountViews;
import dev.rensa.wallet.node.NodeFinder;
import dev.rensa.wallet.node.NodeSources;
import dev.rensa.wallet.node.Nodes;
import dev.rensa.wallet.node.NodesPolicy;
import dev.rensa.wallet.received.ReceivedStore;
import dev.rensa.wallet.store.Database;
import dev.rensa.wallet.store.JdbcArchive;
import dev.rensa.wallet.store.JdbcContactStore;
import dev.rensa.wallet.store.JdbcLaneStore;
import dev.rensa.wallet.store.JdbcPayoutStore;
import dev.rensa.wallet.store.JdbcReceivedStore;
import dev.rensa.wallet.store.JdbcTransferStore;
import dev.rensa.wallet.store.JdbcVaultStore;
import dev.rensa.wallet.store.JdbcWalletStore;
import dev.rensa.wallet.transfer.Engine;
import dev.rensa.wallet.transfer.LaneStore;
import dev.rensa.wallet.transfer.PayoutStore;
import dev.rensa.wallet.transfer.Restoration;
import dev.rensa.wallet.transfer.Tracker;
import dev.rensa.wallet.transfer.TransferDesk;
import dev.rensa.wallet.transfer.TransferStore;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.flyway.FlywayDataSource;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.URI;
import java.security.SecureRandom;
import java.security.Security;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.Flyway;

/** Makes the parts that know nothing of Quarkus. */
@Singleton
class Wiring {

    private static final String POSTGRESQL = "postgresql";
    private static final String DNS_TTL_SECONDS = "2";
    private static final URI LOCAL_NODE = URI.create("http://127.0.0.1:8080");
    private static final Duration SHORTEST_LEASE = Duration.ofSeconds(2);

    private final WalletConfig config;
    private final boolean production;
    private final Clock clock = Clock.systemUTC();
    private final SecureRandom random = new SecureRandom();

    Wiring(WalletConfig config, @ConfigProperty(name = "rensa.production", defaultValue = "false") boolean production) {
        this.config = config;
        this.production = production;
    }

    @Produces
    @Singleton
    Clock clock() {
        return clock;
    }

    @Produces
    @Singleton
    Tracker.Settings settings() {
        if (config.confirmations() < 1) {
            throw new IllegalArgumentException("rensa.wallet.confirmations must be at least 1");
        }
        if (config.lease().compareTo(SHORTEST_LEASE) < 0) {
            throw new IllegalArgumentException("rensa.wallet.lease must be at least " + SHORTEST_LEASE.toSeconds()
                    + " s: a usual pause of the process must not cost it its accounts");
        }
        return new Tracker.Settings(config.confirmations(), config.resubmitInterval(), config.lease());
    }

    @Produces
    @Singleton
    DataDirectory dataDirectory() {
        return new DataDirectory(config.dataDir());
    }

    /** SQLite makes its file but not the directory: that must be there, and ours alone, before the first connection. */
    @Produces
    @Singleton
    Database database(
            DataDirectory directory,
            AgroalDataSource sqlite,
            Flyway sqliteSchema,
            @DataSource(POSTGRESQL) Instance<AgroalDataSource> postgresql,
            @FlywayDataSource(POSTGRESQL) Instance<Flyway> postgresqlSchema) {
        if (config.postgresql().enabled()) {
            Schema.migrate(postgresqlSchema.get(), "rensa.wallet.postgresql.url to an empty database");
            return new Database(postgresql.get());
        }
        directory.lock();
        Schema.migrate(sqliteSchema, "rensa.wallet.data-dir to a fresh directory");
        return new Database(sqlite);
    }

    @Produces
    @Singleton
    JdbcTransferStore transferStore(Database database) {
        return new JdbcTransferStore(database);
    }

    @Produces
    @Singleton
    ReceivedStore receivedStore(Database database) {
        return new JdbcReceivedStore(database);
    }

    @Produces
    @Singleton
    PayoutStore payoutStore(Database database, JdbcTransferStore transfers) {
        return new JdbcPayoutStore(database, transfers);
    }

    @Produces
    @Singleton
    LaneStore laneStore(Database database) {
        return new JdbcLaneStore(database);
    }

    @Produces
    @Singleton
    Vault vault(Database database, DataDirectory directory) {
        VaultStore vaults = new JdbcVaultStore(database);
        return Vault.open(vaults, directory.masterSecret(config, vaults.load(), random), random, clock);
    }

    @Produces
    @Singleton
    Wallets wallets(Database database, Vault vault) {
        return new Wallets(new JdbcWalletStore(database), vault, random, clock);
    }

    @Produces
    @Singleton
    ContactStore contactStore(Database database) {
        return new JdbcContactStore(database);
    }

    /** Names are resolved afresh: the JVM would keep what it found for half a minute, and what it did not find for ten. */
    @Produces
    @Singleton
    NodeFinder nodeFinder() {
        Security.setProperty("networkaddress.cache.ttl", DNS_TTL_SECONDS);
        Security.setProperty("networkaddress.cache.negative.ttl", DNS_TTL_SECONDS);
        List<String> names = config.dnsNames().orElse(List.of());
        List<URI> fixed = config.nodes().orElse(names.isEmpty() ? List.of(LOCAL_NODE) : List.of());
        return new NodeFinder(
                new NodeSources(fixed, names, InetAddress::getAllByName),
                url -> NodeClients.client(url, config),
                clock);
    }

    @Produces
    @Singleton
    Nodes nodes(NodeFinder finder) {
        return new Nodes(
                finder::nodes,
                new NodesPolicy(
                        production, config.networkHash().map(BlockHash::fromHex).orElse(null)),
                clock);
    }

    @Produces
    @Singleton
    AccountViews accountViews(Nodes nodes) {
        return new AccountViews(nodes, clock);
    }

    @Produces
    @Singleton
    Engine engine(
            TransferStore store,
            ReceivedStore received,
            PayoutStore payouts,
            LaneStore lanes,
            Wallets wallets,
            Nodes nodes,
            Tracker.Settings settings) {
        return new Engine(store, received, payouts, lanes, wallets, nodes, settings, random, clock);
    }

    void close(@Disposes Engine engine) {
        engine.close();
    }

    @Produces
    @Singleton
    TransferDesk desk(Engine engine) {
        return engine.desk();
    }

    @Produces
    @Singleton
    Restoration restoration(Engine engine) {
        return engine.restoration();
    }

    @Produces
    @Singleton
    Backups backups(Database database, Vault vault, TransferDesk desk) {
        return new Backups(new JdbcArchive(database, desk::replica), vault, random, clock);
    }

    @Produces
    @Singleton
    Tracker tracker(Engine engine) {
        return engine.tracker();
    }

    @Produces
    @Singleton
    Presenter presenter(Nodes nodes, Tracker tracker) {
        return new Presenter(nodes, config.addressPrefix(), tracker::height);
    }
}
