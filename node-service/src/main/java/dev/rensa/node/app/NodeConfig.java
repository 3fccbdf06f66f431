package dev.rensa.node.app;

import dev.rensa.node.mining.MiningMode;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Everything about a node that its operator decides. */
@ConfigMapping(prefix = "rensa")
public interface NodeConfig {

    /** Where the node's key, its chain and its mempool lie. One node a directory. */
    @WithDefault("data")
    Path dataDir();

    /** A name for people, at most 64 characters of printable ASCII; {@code node-} and the start of the node key if unset. */
    Optional<String> name();

    /** The network's genesis document; the development network if unset. */
    Optional<Path> genesisFile();

    /** Whether this is in earnest: then the development network, whose faucet key everybody knows, is refused. */
    @WithDefault("false")
    boolean production();

    /** Most blocks that are ever abandoned for a better branch; a deeper reorganisation is refused with an alert. */
    @WithDefault("10000")
    int maxReorgDepth();

    /** What administrative calls must bring; without one they answer on loopback alone. */
    Optional<String> adminKey();

    Peer peer();

    Discovery discovery();

    Sync sync();

    Mining mining();

    MempoolSettings mempool();

    Api api();

    Events events();

    Lab lab();

    /** Connections to other nodes. */
    interface Peer {

        /** Address to listen on; {@code 0.0.0.0} for all. Only this machine reaches the default. */
        @WithDefault("127.0.0.1")
        String host();

        /** Port to listen on; 0 lets the system choose. */
        @WithDefault("7400")
        int port();

        /** Name or address under which others reach this node; if unset, where its connections come from. */
        Optional<String> advertisedHost();

        /** Most connections, in both directions together. */
        @WithDefault("64")
        int max();

        /** How many of these this node dials itself; those who dial it never get the last eighth of all. */
        @WithDefault("8")
        int maxOutbound();

        /** Most connections that come from one address; loopback is exempt. */
        @WithDefault("8")
        int maxPerAddress();

        /** Node keys, 64 hexadecimal digits each; if set, every other node is refused. */
        Optional<List<String>> allowedKeys();

        Tls tls();
    }

    /** Encryption between nodes; off unless its three files are named. */
    interface Tls {

        /** PEM file of this node's certificate, with its chain. */
        Optional<Path> certificate();

        /** PEM file of the certificate's private key (PKCS #8). */
        Optional<Path> key();

        /** PEM file of the authorities whose certificates are taken. */
        Optional<Path> trust();

        /** Whether nodes that dial this one must show a certificate too. */
        @WithDefault("true")
        boolean mutual();
    }

    /** Finding other nodes. A source without names or hosts looks for nothing. */
    interface Discovery {

        /** Time from one search to the next. */
        @WithDefault("20s")
        Duration interval();

        /** {@code host:port} of nodes that are always tried. */
        @WithName("static")
        Optional<List<String>> staticPeers();

        @WithDefault("true")
        boolean staticEnabled();

        Dns dns();

        Probe probe();

        Multicast multicast();

        /** Whether addresses that peers tell of are tried. */
        @WithDefault("true")
        boolean exchangeEnabled();

        /** Scanning names of a headless service. */
        interface Dns {

            @WithDefault("true")
            boolean enabled();

            /**
             * Names of nodes that listen on this node's own peer port, or, where they begin with an underscore, of SRV
             * records that bring ports with them.
             */
            Optional<List<String>> names();

            /** {@code address:port} of a DNS server to ask; the system's way if unset. */
            Optional<String> server();
        }

        /** Calling out on the local network, for a LAN without DNS. */
        interface Multicast {

            @WithDefault("false")
            boolean enabled();

            /** UDP port, the same for all nodes. */
            @WithDefault("7400")
            int port();

            /** Name of the network interface to use; all that can multicast if unset. */
            @WithName("interface")
            Optional<String> networkInterface();
        }

        /** Trying ports. */
        interface Probe {

            @WithDefault("true")
            boolean enabled();

            /** Names, addresses, ranges ({@code 10.0.0.5-10.0.0.9}) and networks ({@code 10.0.0.0/24}). */
            Optional<List<String>> hosts();

            /** Ports and ranges of them, such as {@code 7400-7409}. */
            Optional<List<String>> ports();
        }
    }

    /** Catching up. */
    interface Sync {

        /**
         * How an empty data directory is filled: {@code full} applies every block from block 0, {@code snapshot} takes over the
         * accounts at a recent checkpoint, proved against its header, and knows older blocks by their headers only. Without
         * effect once there are blocks.
         */
        @WithDefault("full")
        SyncMode mode();
    }

    /** Looking for blocks. */
    interface Mining {

        /** Whether the miner runs from the start. */
        @WithDefault("true")
        boolean enabled();

        @WithDefault("continuous")
        MiningMode mode();

        /** The cap; 20,000 is some three thousandths of a core. */
        @WithDefault("20000")
        long maxHashesPerSecond();

        /** Address that receives subsidy and fees; the node key's account if unset. */
        Optional<String> address();

        /** Mode {@code on-demand}: a block is mined without transactions once the tip is this old. */
        @WithDefault("60s")
        Duration heartbeat();
    }

    /** Bounds of the mempool. */
    interface MempoolSettings {

        /** Sum of the sizes of all transactions. */
        @WithDefault("67108864")
        long maxBytes();

        @WithDefault("20000")
        int maxPerSender();

        /** How far beyond the sender's next nonce a transaction may be. */
        @WithDefault("20000")
        long maxNonceGap();

        /** How long a transaction may wait. */
        @WithDefault("3h")
        Duration expiry();
    }

    /** Bounds of the REST API; {@code quarkus.http.limits.max-body-size} bounds batches in bytes. */
    interface Api {

        /** Largest body of a single transaction, in bytes. */
        @WithDefault("16384")
        int maxTransactionBody();

        /** Most transactions of a batch. */
        @WithDefault("10000")
        int maxBatch();

        /** Most event streams at once. */
        @WithDefault("256")
        int maxEventClients();

        /**
         * Names, beside this machine's loopback ones, that clients on this machine may call the node by: those of a reverse
         * proxy that runs here.
         */
        Optional<List<String>> allowedHosts();
    }

    /** Breaking the network on purpose. */
    interface Lab {

        /** Whether links to other nodes can be cut, delayed and made lossy by administrative calls. Never in production. */
        @WithDefault("false")
        boolean enabled();
    }

    /** What is kept for clients of the event stream that lag or come back. */
    interface Events {

        @WithDefault("65536")
        int bufferEvents();

        /** In characters of JSON, nearly all of them one byte each. */
        @WithDefault("16777216")
        long bufferBytes();

        /** For how long events are kept of a type that nobody listens to any more. */
        @WithDefault("5m")
        Duration resumeWindow();

        /** A silent stream gets a comment this often; a client that takes nothing for as long is cut off. */
        @WithDefault("15s")
        Duration keepAlive();
    }
}
