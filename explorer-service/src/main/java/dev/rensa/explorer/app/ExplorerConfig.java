package dev.rensa.explorer.app;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Every setting of the explorer's own. */
@ConfigMapping(prefix = "rensa.explorer")
public interface ExplorerConfig {

    /** Base addresses of nodes, such as {@code http://127.0.0.1:8080}. */
    Optional<List<URI>> nodes();

    /**
     * Names of which every A and AAAA record is a node, as {@code host:port} with the port of the nodes' REST; a headless
     * service on Kubernetes is one.
     */
    Optional<List<String>> dnsNames();

    /** Where the SQLite file lies; made if it is not there. Only one explorer may use it. */
    Path dataDir();

    Postgresql postgresql();

    /** The database that several explorers may share; without it the index lies in one SQLite file in the data folder. */
    interface Postgresql {

        /** Whether it is used. */
        @WithDefault("false")
        boolean enabled();

        /** Its JDBC address. */
        @WithDefault("jdbc:postgresql://127.0.0.1:5432/rensa_explorer")
        String url();

        @WithDefault("rensa_explorer")
        String username();

        Optional<String> password();
    }

    /**
     * With PostgreSQL: how long the explorer that writes may be silent before another one takes that over, at least 2 s.
     * Longer than any pause of a process that lives.
     */
    @WithDefault("10s")
    Duration lease();

    /**
     * Key that administrative calls must bear in the header {@code X-Rensa-Admin-Key}; without one they answer on the
     * explorer's own machine alone.
     */
    Optional<String> adminKey();

    /** Names beside this machine's own under which a proxy on it passes administrative calls on. */
    Optional<Set<String>> allowedHosts();

    Lab lab();

    /** Breaking the network on purpose, where nodes have a lab. */
    interface Lab {

        /** The nodes' admin key, which the lab's orders bring; without one nodes obey only an explorer on their own machine. */
        Optional<String> nodeAdminKey();
    }

    /** Names for addresses, by which they are found and shown. */
    Map<String, String> labels();

    /**
     * Transactions of which it is remembered what became of them on each node, 0 to 1,000,000; about 1 KiB each with three
     * nodes. 0: nodes are not asked to tell of transactions at all.
     */
    @WithDefault("20000")
    int passports();

    /** How long it is kept what was seen and when, 1 minute to 60 days: events, blocks of all branches, passports. */
    @WithDefault("24h")
    Duration history();

    /** Most rows of each of these kinds, 1,000 to 10,000,000; a row takes about half a KiB. */
    @WithDefault("200000")
    long historyEntries();

    /** How often the names are resolved and the addresses gone through. */
    @WithDefault("5s")
    Duration discoveryInterval();

    /** How often every node is asked for its status, beside its events. */
    @WithDefault("1s")
    Duration pollInterval();

    /** How long a connection to a node may take. */
    @WithDefault("2s")
    Duration connectTimeout();

    /** How long a node's answer may take. */
    @WithDefault("5s")
    Duration answerTimeout();
}
