package dev.rensa.explorer.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rensa.explorer.api.AdminSettings;
import dev.rensa.explorer.index.ChainIndexer;
import dev.rensa.explorer.index.ChainQueries;
import dev.rensa.explorer.index.ChainStore;
import dev.rensa.explorer.index.IndexCursor;
import dev.rensa.explorer.observe.HttpEventStream;
import dev.rensa.explorer.observe.NodeDirectory;
import dev.rensa.explorer.observe.NodeSources;
import dev.rensa.explorer.observe.NodeWatch;
import dev.rensa.explorer.observe.RestNodeClient;
import dev.rensa.explorer.store.Database;
import dev.rensa.explorer.store.SqlChainQueries;
import dev.rensa.explorer.store.SqlChainStore;
import dev.rensa.explorer.tree.TreeKeeper;
import io.quarkus.virtual.threads.VirtualThreads;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.util.List;
import java.util.concurrent.ExecutorService;
import javax.sql.DataSource;

/** Makes the parts that know nothing of Quarkus and hands them clock, disk and network. */
@Dependent
class Wiring {

    @Produces
    @Singleton
    Database database(DataSource dataSource) {
        return new Database(dataSource);
    }

    @Produces
    @Singleton
    ChainQueries queries(Database database) {
        return new SqlChainQueries(database);
    }

    @Produces
    @Singleton
    ChainStore store(Database database, ChainQueries queries) {
        return new SqlChainStore(database, queries);
    }

    @Produces
    @Singleton
    AdminSettings admin(ExplorerConfig config) {
        return new AdminSettings(config.adminKey());
    }

    /** Made once the database has its tables: {@link Lifecycle} sees to that. */
    @Produces
    @Singleton
    NodeDirectory directory(ChainQueries queries) {
        return new NodeDirectory(
                System::currentTimeMillis,
                queries.cursor().map(IndexCursor::network).orElse(null));
    }

    @Produces
    @Singleton
    TreeKeeper tree(NodeDirectory directory) {
        return new TreeKeeper(directory, System::currentTimeMillis);
    }

    @Produces
    @Singleton
    ChainIndexer indexer(NodeDirectory directory, ChainStore store, @VirtualThreads ExecutorService executor) {
        return new ChainIndexer(directory, store, executor, System::nanoTime);
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
                url -> new HttpEventStream(http, url, config.answerTimeout(), json),
                tree,
                executor,
                System::currentTimeMillis);
    }
}
