package dev.rensa.wallet.app;

import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.wallet.api.Presenter;
import dev.rensa.wallet.key.ContactStore;
import dev.rensa.wallet.key.Vault;
import dev.rensa.wallet.key.VaultStore;
import dev.rensa.wallet.key.Wallets;
import dev.rensa.wallet.node.AccountViews;
import dev.rensa.wallet.node.Nodes;
import dev.rensa.wallet.node.NodesPolicy;
import dev.rensa.wallet.store.Database;
import dev.rensa.wallet.store.JdbcContactStore;
import dev.rensa.wallet.store.JdbcTransferStore;
import dev.rensa.wallet.store.JdbcVaultStore;
import dev.rensa.wallet.store.JdbcWalletStore;
import dev.rensa.wallet.transfer.Engine;
import dev.rensa.wallet.transfer.Tracker;
import dev.rensa.wallet.transfer.TransferDesk;
import dev.rensa.wallet.transfer.TransferStore;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.Flyway;

/** Makes the parts that know nothing of Quarkus. */
@Singleton
class Wiring {

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
        return new Tracker.Settings(config.confirmations(), config.resubmitInterval());
    }

    @Produces
    @Singleton
    DataDirectory dataDirectory() {
        return new DataDirectory(config.dataDir());
    }

    /** SQLite makes its file but not the directory: that must be there before the first connection. */
    @Produces
    @Singleton
    Database database(DataDirectory directory, AgroalDataSource source, Flyway flyway) {
        Schema.migrate(flyway);
        return new Database(source);
    }

    @Produces
    @Singleton
    TransferStore transferStore(Database database) {
        return new JdbcTransferStore(database);
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

    @Produces
    @Singleton
    Nodes nodes() {
        return new Nodes(
                NodeClients.of(config),
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
    Engine engine(TransferStore store, Wallets wallets, Nodes nodes, Tracker.Settings settings) {
        return new Engine(store, wallets, nodes, settings, random, clock);
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
    Tracker tracker(Engine engine) {
        return engine.tracker();
    }

    @Produces
    @Singleton
    Presenter presenter(Nodes nodes, Tracker tracker) {
        return new Presenter(nodes, config.addressPrefix(), tracker::height);
    }
}
