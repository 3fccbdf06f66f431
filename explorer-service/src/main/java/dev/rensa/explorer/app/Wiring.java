package dev.rensa.explorer.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rensa.explorer.api.AdminSettings;
import dev.rensa.explorer.api.Labels;
import dev.rensa.explorer.api.LiveEvents;
import dev.rensa.explorer.api.LiveNetwork;
import dev.rensa.explorer.api.LiveTravel;
import dev.rensa.explorer.history.HistoryStore;
import dev.rensa.explorer.history.Recorder;
import dev.rensa.explorer.index.AccountHistory;
import dev.rensa.explorer.index.ChainIndexer;
import dev.rensa.explorer.index.ChainQueries;
import dev.rensa.explorer.index.ChainStore;
import dev.rensa.explorer.index.IndexCursor;
import dev.rensa.explorer.index.IndexStoreException;
import dev.rensa.explorer.lab.LabOrders;
import dev.rensa.explorer.lab.RestLabNode;
import dev.rensa.explorer.lab.StoryBook;
import dev.rensa.explorer.link.LinkBook;
import dev.rensa.explorer.observe.EventStreams;
import dev.rensa.explorer.observe.HttpEventStream;
import dev.rensa.explorer.observe.NodeDirectory;
import dev.rensa.explorer.observe.NodeSources;
import dev.rensa.explorer.observe.NodeWatch;
import dev.rensa.explorer.observe.ObservationListener;
import dev.rensa.explorer.observe.RestNodeClient;
import dev.rensa.explorer.passport.PassportBook;
import dev.rensa.explorer.store.Database;
import dev.rensa.explorer.store.SqlAccountHistory;
import dev.rensa.explorer.store.SqlChainQueries;
import dev.rensa.explorer.store.SqlChainStore;
import dev.rensa.explorer.store.SqlHistoryStore;
import dev.rensa.explorer.store.SqlReorganisationStore;
import dev.rensa.explorer.store.WriterLease;
import dev.rensa.explorer.tree.Reorganisation;
import dev.rensa.explorer.tree.ReorganisationStore;
import dev.rensa.explorer.tree.ReorganisationWatch;
import dev.rensa.explorer.tree.TreeBlock;
import dev.rensa.explorer.tree.TreeKeeper;
import dev.rensa.protocol.crypto.BlockHash;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.flyway.FlywayDataSource;
import io.quarkus.virtual.threads.VirtualThreads;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.jboss.logging.Logger;

/** Makes the parts that know nothing of Quarkus and hands them clock, disk and network. */
@Dependent
class Wiring {

    private static final String POSTGRESQL = "postgresql";
    private static final Duration SHORTEST_HISTORY = Duration.ofMinutes(1);
    private static final Duration LONGEST_HISTORY = Duration.ofDays(60);
    private static final long LEAST_ENTRIES = 1_000;
    private static final long MOST_ENTRIES = 10_000_000;

    /** As many as the tree holds. */
    private static final int REMEMBERED_HEIGHTS = 200;

    private static final int MAX_REMEMBERED = 2_000;
    private static final Duration SHORTEST_LEASE = Duration.ofSeconds(2);

    /** A GiB of memory, about. */
    private static final int MAX_PASSPORTS = 1_000_000;

    private static final Logger LOG = Logger.getLogger(Wiring.class);

    /** A bean, so that it is held for as long as the service runs. */
    @Produces
    @Singleton
    DataFolder folder(ExplorerConfig config) {
        return new DataFolder(config.dataDir());
    }

    void giveBack(@Disposes DataFolder folder) {
        folder.close();
    }

    /** With its tables: whoever asks the database finds them. */
    @Produces
    @Singleton
    Database database(
            ExplorerConfig config,
            DataFolder folder,
            AgroalDataSource sqlite,
            Flyway sqliteSchema,
            @DataSource(POSTGRESQL) Instance<AgroalDataSource> postgresql,
            @FlywayDataSource(POSTGRESQL) Instance<Flyway> postgresqlSchema) {
        if (config.postgresql().enabled()) {
            Schema.migrate(
                    postgresqlSchema.get(),
                    "empty the database " + config.postgresql().url()
                            + ", or name an empty one with rensa.explorer.postgresql.url");
            return new Database(postgresql.get());
        }
        folder.take();
        Schema.migrate(
                sqliteSchema,
                "delete explorer.db, explorer.db-wal and explorer.db-shm in " + folder
                        + ", or name another folder with rensa.explorer.data-dir");
        return new Database(sqlite);
    }

    @Produces
    @Singleton
    WriterLease lease(ExplorerConfig config, Database database) {
        if (config.lease().compareTo(SHORTEST_LEASE) < 0) {
            throw new IllegalArgumentException("rensa.explorer.lease is at least " + SHORTEST_LEASE.toSeconds()
                    + " s: a usual pause of the process must not cost it the index");
        }
        return new WriterLease(database, config.lease(), System::nanoTime);
    }

    @Produces
    @Singleton
    ChainQueries queries(Database database) {
        return new SqlChainQueries(database);
    }

    @Produces
    @Singleton
    AccountHistory accountHistory(Database database) {
        return new SqlAccountHistory(database);
    }

    @Produces
    @Singleton
    ChainStore store(Database database, ChainQueries queries, WriterLease lease) {
        return new SqlChainStore(database, queries, lease);
    }

    @Produces
    @Singleton
    ReorganisationStore reorganisations(Database database) {
        return new SqlReorganisationStore(database);
    }

    @Produces
    @Singleton
    PassportBook passports(ExplorerConfig config) {
        if (config.passports() < 0 || config.passports() > MAX_PASSPORTS) {
            throw new IllegalArgumentException(
                    "rensa.explorer.passports is 0 to " + MAX_PASSPORTS + ", not " + config.passports());
        }
        return new PassportBook(config.passports());
    }

    @Produces
    @Singleton
    LinkBook links() {
        return new LinkBook(System::currentTimeMillis);
    }

    @Produces
    @Singleton
    Labels labels(ExplorerConfig config) {
        return new Labels(config.labels());
    }

    @Produces
    @Singleton
    LiveEvents liveEvents(ObjectMapper json) {
        return new LiveEvents(json, System.currentTimeMillis());
    }

    @Produces
    @Singleton
    LiveTravel liveTravel(LiveEvents events) {
        return new LiveTravel(events);
    }

    @Produces
    @Singleton
    LiveNetwork liveNetwork(LiveEvents events, Recorder recorder, NodeDirectory directory) {
        return new LiveNetwork(events, recorder, directory);
    }

    @Produces
    @Singleton
    HistoryStore history(Database database, WriterLease lease) {
        return new SqlHistoryStore(database, lease);
    }

    @Produces
    @Singleton
    Recorder recorder(
            ExplorerConfig config,
            HistoryStore history,
            NodeDirectory directory,
            Instance<TreeKeeper> tree,
            PassportBook passports) {
        if (config.history().compareTo(SHORTEST_HISTORY) < 0 || config.history().compareTo(LONGEST_HISTORY) > 0) {
            throw new IllegalArgumentException(
                    "rensa.explorer.history is 1 minute to 60 days, not " + config.history());
        }
        if (config.historyEntries() < LEAST_ENTRIES || config.historyEntries() > MOST_ENTRIES) {
            throw new IllegalArgumentException("rensa.explorer.history-entries is " + LEAST_ENTRIES + " to "
                    + MOST_ENTRIES + ", not " + config.historyEntries());
        }
        return new Recorder(
                history,
                directory::network,
                () -> tree.get().snapshot(),
                passports,
                System::currentTimeMillis,
                new Recorder.Limits(config.history().toMillis(), config.historyEntries()));
    }

    @Produces
    @Singleton
    AdminSettings admin(ExplorerConfig config) {
        return new AdminSettings(
                config.adminKey(),
                config.allowedHosts().orElse(Set.of()).stream()
                        .map(host -> host.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toUnmodifiableSet()));
    }

    @Produces
    @Singleton
    NodeDirectory directory(ChainQueries queries) {
        return new NodeDirectory(
                System::currentTimeMillis,
                queries.cursor().map(IndexCursor::network).orElse(null));
    }

    @Produces
    @Singleton
    TreeKeeper tree(NodeDirectory directory, HistoryStore history, LiveNetwork live) {
        return new TreeKeeper(
                directory, (network, height) -> remembered(history, network, height), System::currentTimeMillis, live);
    }

    /** A database that fails costs the times of the last blocks, and nobody's view of the nodes. */
    private static List<TreeBlock> remembered(HistoryStore history, BlockHash network, long height) {
        try {
            return history.blocks(
                    network, Math.max(0, height - REMEMBERED_HEIGHTS), height + REMEMBERED_HEIGHTS, MAX_REMEMBERED);
        } catch (IndexStoreException e) {
            LOG.error("It could not be read which blocks were seen before", e);
            return List.of();
        }
    }

    @Produces
    @Singleton
    ChainIndexer indexer(NodeDirectory directory, ChainStore store, @VirtualThreads ExecutorService executor) {
        return new ChainIndexer(directory, store, executor, System::nanoTime);
    }

    @Produces
    @Singleton
    LabOrders labOrders(ExplorerConfig config, NodeDirectory directory, @VirtualThreads ExecutorService executor) {
        return new LabOrders(
                directory,
                url -> new RestLabNode(
                        url,
                        config.connectTimeout(),
                        config.answerTimeout(),
                        config.lab().nodeAdminKey()),
                executor);
    }

    @Produces
    @Singleton
    StoryBook stories(LabOrders orders, NodeDirectory directory, @VirtualThreads ExecutorService executor) {
        return new StoryBook(orders, directory, executor, System::nanoTime);
    }

    @Produces
    @Singleton
    HttpClient http(ExplorerConfig config) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(config.connectTimeout())
                .build();
    }

    @Produces
    @Singleton
    NodeWatch watch(
            ExplorerConfig config,
            NodeDirectory directory,
            TreeKeeper tree,
            ReorganisationStore reorganisations,
            PassportBook passports,
            LinkBook links,
            LiveTravel travel,
            LiveNetwork live,
            HttpClient http,
            ObjectMapper json,
            @VirtualThreads ExecutorService executor) {
        return new NodeWatch(
                new NodeSources(
                        config.nodes().orElse(List.of()),
                        config.dnsNames().orElse(List.of()),
                        InetAddress::getAllByName),
                directory,
                url -> new RestNodeClient(url, config.connectTimeout(), config.answerTimeout()),
                url -> new EventStreams(
                        new HttpEventStream(http, url, "block,reorganisation", config.answerTimeout(), json),
                        config.passports() == 0
                                ? Optional.empty()
                                : Optional.of(
                                        new HttpEventStream(http, url, "transaction", config.answerTimeout(), json))),
                ObservationListener.all(List.of(
                        tree,
                        new ReorganisationWatch(tree::snapshot, change -> keep(change, reorganisations, live)),
                        passports,
                        links,
                        travel,
                        live)),
                executor,
                System::currentTimeMillis);
    }

    /** A database that fails costs a record, and nobody's view of the nodes. */
    private static void keep(Reorganisation change, ReorganisationStore store, LiveNetwork live) {
        live.reorganised(change);
        try {
            store.add(change);
        } catch (IndexStoreException e) {
            LOG.errorf(e, "A reorganisation of %s could not be recorded", change.node());
        }
    }
}
