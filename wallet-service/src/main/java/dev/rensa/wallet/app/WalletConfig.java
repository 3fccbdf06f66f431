package dev.rensa.wallet.app;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** All settings of the wallet. */
@ConfigMapping(prefix = "rensa.wallet")
public interface WalletConfig {

    /**
     * Base URLs of nodes; {@code http://127.0.0.1:8080} when no name is given either. Two or more nodes let the wallet
     * outlive one.
     */
    Optional<List<URI>> nodes();

    /**
     * Names of which every A and AAAA record is a node, as {@code host:port} with the port of the nodes' REST; a headless
     * service on Kubernetes is one.
     */
    Optional<List<String>> dnsNames();

    /** Time between two times that the names are resolved, at least 1 s. */
    @WithDefault("5s")
    Duration discoveryInterval();

    /** The only network that is served, as block 0's hash; whichever the nodes are of when it is left out. */
    Optional<String> networkHash();

    /** Where the database and, without another secret, the generated master secret are kept. */
    @WithDefault("data")
    Path dataDir();

    /** File of at least 32 bytes that the secrets are sealed with. */
    Optional<Path> masterSecretFile();

    /** Passphrase that the secrets are sealed with, instead of a file. */
    Optional<String> passphrase();

    /** Blocks, from the one that holds a transfer to the tip, that make it final. */
    @WithDefault("6")
    int confirmations();

    /** Blocks from now during which a transfer may be mined that does not tell until when; about 80 minutes. */
    @WithDefault("1000")
    int validBlocks();

    /** Prefix of addresses until a node has told the network's. */
    @WithDefault("rns")
    String addressPrefix();

    /** Time between two looks at the nodes, at least 1 s. */
    @WithDefault("2s")
    Duration healthInterval();

    /** Time between two looks at the chain, at least 1 s. */
    @WithDefault("1s")
    Duration trackInterval();

    /** Time after which a transaction that a node does not have is brought to it again. */
    @WithDefault("5s")
    Duration resubmitInterval();

    /**
     * With PostgreSQL: how long a replica may be silent before another one takes its accounts, at least 2 s. Longer than
     * any pause of a process that lives.
     */
    @WithDefault("10s")
    Duration lease();

    /** Longest wait for a connection to a node. */
    @WithDefault("1s")
    Duration connectTimeout();

    /** Longest wait for a node's answer. */
    @WithDefault("5s")
    Duration requestTimeout();

    Access access();

    Postgresql postgresql();

    /** The database for more than one replica; without it the data lie in one SQLite file in the data directory. */
    interface Postgresql {

        /** Whether it is used. */
        @WithDefault("false")
        boolean enabled();

        /** Its JDBC address. */
        @WithDefault("jdbc:postgresql://127.0.0.1:5432/rensa_wallet")
        String url();

        @WithDefault("rensa_wallet")
        String username();

        Optional<String> password();
    }

    Webhooks webhooks();

    /** Who is told of transfers. */
    interface Webhooks {

        /**
         * Hosts that may be called: a host as it stands in the URL, {@code *.} and a domain for all below it, or {@code *}
         * for any. None by default.
         */
        Optional<Set<String>> allowedHosts();

        /** Longest wait for a receiver's answer, 1 s to 1 min. */
        @WithDefault("10s")
        Duration timeout();

        /** Waits behind each attempt that failed; behind the last a delivery is given up. At most 30. */
        @WithDefault("5s,1m,5m,30m,2h,5h,10h,14h,20h,24h")
        List<Duration> retries();
    }

    Faucet faucet();

    /** The development network's faucet. */
    interface Faucet {

        /** Whether it serves; it never does on another network. */
        @WithDefault("true")
        boolean enabled();

        /** Most mon of one request: 10,000 coins. */
        @WithDefault("1000000000000")
        long maxAmount();

        /** Most mon for one recipient within a day: 100,000 coins. */
        @WithDefault("10000000000000")
        long recipientPerDay();

        /** Most requests of one client within an hour. */
        @WithDefault("1000")
        long clientPerHour();
    }

    /** Who may call. */
    interface Access {

        /** Secret of an administrator's key, 32 to 256 characters; with it every call needs a key. */
        Optional<String> adminKey();

        /** File that holds it, instead. */
        Optional<Path> adminKeyFile();

        /** Names beside this machine's own under which clients of this machine may call, as behind a proxy. */
        Optional<Set<String>> allowedHosts();

        /** Most requests a second of one key, one token's address, or this machine; twice as many at once. */
        @WithDefault("5000")
        double requestsPerSecond();

        /** Most requests a second of an address without a key that holds; twice as many at once. */
        @WithDefault("50")
        double unknownPerSecond();

        /** Time after which a key that another replica made or revoked is known here, at least 1 s. */
        @WithDefault("5s")
        Duration refreshInterval();
    }
}
