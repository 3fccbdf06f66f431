package dev.rensa.node.app;

import dev.rensa.node.api.EventStream;
import dev.rensa.node.api.NodeFacts;
import dev.rensa.node.chain.Chain;
import dev.rensa.node.chain.ChainHead;
import dev.rensa.node.chain.StorageException;
import dev.rensa.node.core.NodeCore;
import dev.rensa.node.discovery.AddressBook;
import dev.rensa.node.lab.Lab;
import dev.rensa.node.mempool.Mempool;
import dev.rensa.node.peer.LinkRule;
import dev.rensa.node.peer.LocalTip;
import dev.rensa.node.peer.NodeIdentity;
import dev.rensa.node.peer.PeerEvents;
import dev.rensa.node.peer.PeerTransport;
import dev.rensa.node.store.RocksStorage;
import dev.rensa.protocol.address.Address;
import dev.rensa.protocol.address.InvalidAddressException;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.genesis.Genesis;
import dev.rensa.protocol.transaction.Transaction;
import io.quarkus.runtime.Quarkus;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/** All parts of a node, opened in order and closed in the opposite one. */
final class RunningNode {

    /** Of the ten seconds that a stop may take, HTTP has two (quarkus.shutdown.timeout), and closing the store one. */
    private static final Duration STOP = Duration.ofMillis(6_500);

    private static final Duration LEAST_WRITER_STOP = Duration.ofSeconds(2);
    private static final long START_SECONDS = 10;

    private static final Logger LOG = Logger.getLogger(RunningNode.class);

    final NodeFacts facts;
    final RocksStorage storage;
    final Chain chain;
    final Mempool mempool;
    final WriterThread writer;
    final NodeCore core;
    final Optional<Lab> lab;
    final PeerTransport transport;
    final PeerSearch search;
    final MinerThread miner;
    final SubmissionQueue submissions;

    private final BackgroundThread stateWork;
    private final ParallelSignatureChecks checks;
    private final BackgroundThread serving;
    private final BackgroundThread servingStates;
    private final BackgroundThread mempoolDisk;
    private final MempoolFile mempoolFile;
    private final MempoolRestore restore = new MempoolRestore();

    /** Ends when all parts know each other. */
    private final CompletableFuture<Boolean> wired = new CompletableFuture<>();

    /**
     * Opens everything and starts nothing.
     *
     * @throws CannotStartException with a sentence for the operator
     */
    RunningNode(
            NodeConfig config,
            String version,
            Vertx vertx,
            InstantSource clock,
            EventStream stream,
            NodeCounters counters) {
        SettingsBounds.check(config);
        Genesis genesis = GenesisChoice.of(config);
        NodeIdentity identity = openIdentity(config.dataDir());
        PublicKey minerAccount = minerAccount(config, genesis, identity);
        this.facts = new NodeFacts(
                identity.nodeKey(),
                config.name().orElse("node-" + identity.nodeKey().toString().substring(0, 8)),
                version,
                clock.millis());
        try {
            this.storage = RocksStorage.open(chainDirectory(config));
            this.writer = new WriterThread(RunningNode::endProcess);
            this.stateWork = new BackgroundThread("rensa-state", writer);
            this.chain = openChain(genesis, config);
        } catch (StorageException e) {
            throw new CannotStartException("The chain cannot be opened (rensa.data-dir): " + e.getMessage());
        }
        this.checks = new ParallelSignatureChecks(chain.networkHash(), writer);
        NodeEvents events = new NodeEvents(chain, stream, counters, clock);
        this.mempool = new Mempool(chain, NodeSettings.mempool(config), events);
        this.serving = new BackgroundThread("rensa-serving", writer);
        this.servingStates = new BackgroundThread("rensa-serving-states", writer);
        AddressBook book = AddressBook.open(config.dataDir(), clock);
        this.core = new NodeCore(
                chain,
                mempool,
                checks,
                serving,
                servingStates,
                clock,
                new SecureRandom(),
                writer,
                config.sync().mode() == SyncMode.SNAPSHOT,
                book::isProved,
                events);
        this.lab = config.lab().enabled()
                ? Optional.of(new Lab(core, clock, writer, SplittableRandom::new, this::searchSoon))
                : Optional.empty();
        this.transport = new PeerTransport(
                vertx,
                NodeSettings.transport(config, chain.networkHash(), genesis.maxBlockBytes(), facts),
                identity,
                () -> localTip(chain.head()),
                clock,
                lab.<LinkRule>map(it -> it::judge).orElse(LinkRule.ANYBODY),
                lab.<PeerEvents>map(it -> it).orElse(core),
                writer);
        this.search = new PeerSearch(config, transport, book, chain.networkHash(), clock, new SecureRandom(), vertx);
        events.tellAddressesTo(search::learned);
        BlockMaker maker = new BlockMaker(writer, chain, mempool, core, clock);
        this.miner = new MinerThread(maker, config.mining(), minerAccount);
        this.submissions = new SubmissionQueue(writer, core::submit, core::tryOut);
        this.mempoolDisk = new BackgroundThread("rensa-mempool-file", writer);
        this.mempoolFile = new MempoolFile(config.dataDir(), Genesis.networkId(chain.networkHash()));
        wired.complete(true);
    }

    /** Until all is wired the writer rests: a state root that opening asks for must find everybody who goes on with it. */
    private Chain openChain(Genesis genesis, NodeConfig config) {
        writer.execute(wired::join);
        try {
            return Chain.open(genesis, storage, config.maxReorgDepth(), stateWork);
        } catch (RuntimeException e) {
            wired.complete(false);
            throw e;
        }
    }

    /** Where the store lies. */
    static Path chainDirectory(NodeConfig config) {
        return config.dataDir().resolve("chain");
    }

    void start() {
        LOG.infof(
                "Node %s of network %s (%s), height %d",
                facts.name(),
                chain.genesis().name(),
                chain.networkHash().toHex().substring(0, 12),
                chain.head().height());
        if (lab.isPresent()) {
            LOG.warn("The lab is on (rensa.lab.enabled): whoever has the admin key can cut, delay and make lossy this"
                    + " node's links. It is not for networks that anybody relies on.");
        }
        writer.execute(core::start);
        new SyncLog(writer, core::progress).begin();
        listen();
        search.begin();
        restoreMempool();
        miner.begin();
    }

    /** Ends within some seconds: the miner stops, peers are told, the mempool is saved, the store is closed. */
    void stop() {
        long beganNanos = System.nanoTime();
        miner.close();
        search.close();
        transport.close();
        Duration left = STOP.minusNanos(System.nanoTime() - beganNanos);
        writer.stop(this::saveMempool, left.compareTo(LEAST_WRITER_STOP) > 0 ? left : LEAST_WRITER_STOP);
        checks.close();
        serving.close();
        servingStates.close();
        mempoolDisk.close();
        stateWork.close();
        if (!writer.hasEnded()) {
            // Closing the store under a thread that writes to it would bring the process down.
            LOG.error("The store is left open: a task of the writer does not end. What was written is safe.");
        } else {
            storage.close();
        }
    }

    private void searchSoon() {
        search.soon();
    }

    private void listen() {
        try {
            transport.start().toCompletableFuture().get(START_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new CannotStartException("The node cannot listen for peers (rensa.peer.host, rensa.peer.port): "
                    + Objects.requireNonNullElse(e.getCause(), e).getMessage());
        } catch (TimeoutException e) {
            throw new CannotStartException("The node did not get to listen for peers within " + START_SECONDS + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A joining node has no accounts yet to judge transactions by: until it has, they stay among what is to be saved. */
    private void restoreMempool() {
        Executor joined = batch -> writer.execute(() -> core.whenJoined(() -> writer.execute(batch)));
        restore.begin(mempoolFile.load(), joined, core::submit);
        new MempoolSaver(writer, mempoolDisk, mempool::changes, this::transactionsToSave, mempoolFile::save).begin();
    }

    /** The writer's last task. */
    private void saveMempool() {
        mempoolFile.saveLast(transactionsToSave());
    }

    private List<Transaction> transactionsToSave() {
        return restore.with(mempool.snapshotForSaving());
    }

    private static void endProcess(Throwable cause) {
        LOG.fatal(
                "The node ends because it cannot go on writing; what was confirmed is on disk. Look at the disk, then"
                        + " start it again. The cause: " + cause.getMessage(),
                cause);
        Quarkus.asyncExit(1);
    }

    private static LocalTip localTip(ChainHead head) {
        return new LocalTip(head.height(), head.hash(), head.work());
    }

    private static NodeIdentity openIdentity(Path dataDirectory) {
        try {
            Files.createDirectories(dataDirectory);
            return NodeIdentity.loadOrCreate(dataDirectory);
        } catch (IOException e) {
            throw new CannotStartException(
                    "The data directory " + dataDirectory + " (rensa.data-dir) cannot be used: " + e);
        }
    }

    private static PublicKey minerAccount(NodeConfig config, Genesis genesis, NodeIdentity identity) {
        try {
            return config.mining()
                    .address()
                    .map(address ->
                            Address.parse(address, genesis.addressPrefix()).key())
                    .orElse(identity.nodeKey().key());
        } catch (InvalidAddressException e) {
            throw new CannotStartException("The miner's address (rensa.mining.address) is refused: " + e.getMessage());
        }
    }
}
