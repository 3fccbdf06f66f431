package dev.rensa.bench.propagation;

import dev.rensa.node.chain.BackgroundWork;
import dev.rensa.node.chain.Chain;
import dev.rensa.node.chain.InMemoryStorage;
import dev.rensa.node.core.NodeCore;
import dev.rensa.node.mempool.Mempool;
import dev.rensa.node.mempool.MempoolLimits;
import dev.rensa.node.mining.BlockAssembler;
import dev.rensa.node.mining.BlockTemplate;
import dev.rensa.node.mining.NonceSearch;
import dev.rensa.node.peer.LocalTip;
import dev.rensa.node.peer.NodeIdentity;
import dev.rensa.node.peer.PeerAddress;
import dev.rensa.node.peer.PeerLimits;
import dev.rensa.node.peer.PeerTransport;
import dev.rensa.node.peer.PeerTransportConfig;
import dev.rensa.protocol.crypto.PrivateKey;
import dev.rensa.protocol.crypto.Sha256;
import dev.rensa.protocol.genesis.Genesis;
import dev.rensa.protocol.transaction.Transaction;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A whole node in this process, over real sockets, without HTTP and disk. It takes every signature for good: fifty nodes
 * on one machine would otherwise measure how it checks the same signature fifty times.
 */
final class SocketNode implements AutoCloseable {

    private static final int MAX_REORGANISATION = 10_000;
    private static final int MAX_PEERS = 128;
    private static final int NONCES = 1_000_000;
    private static final InstantSource CLOCK = InstantSource.system();

    private final NodeThread writer;
    private final ChainWatch watch = new ChainWatch();
    private final NodeIdentity identity;
    private final Chain chain;
    private final Mempool mempool;
    private final NodeCore core;
    private final PeerTransport transport;

    SocketNode(Vertx vertx, Genesis genesis, int number) {
        this.writer = new NodeThread("node-" + number);
        this.identity = NodeIdentity.of(
                PrivateKey.of(Sha256.hash(("bench node " + number).getBytes(StandardCharsets.US_ASCII))));
        this.chain = Chain.open(genesis, new InMemoryStorage(), MAX_REORGANISATION);
        this.mempool = new Mempool(chain, MempoolLimits.DEFAULT, watch);
        this.core = new NodeCore(
                chain,
                mempool,
                new Trust(writer),
                serving(),
                serving(),
                CLOCK,
                new Random(number),
                writer,
                false,
                (address, key) -> false,
                watch);
        this.transport = new PeerTransport(
                vertx,
                new PeerTransportConfig(
                        chain.networkHash(),
                        "127.0.0.1",
                        0,
                        Optional.empty(),
                        "bench-" + number,
                        "rensa/bench",
                        Set.of(),
                        genesis.maxBlockBytes(),
                        Optional.empty(),
                        PeerLimits.DEFAULT.withPeers(MAX_PEERS, MAX_PEERS, MAX_PEERS)),
                identity,
                () -> new LocalTip(
                        chain.head().height(), chain.head().hash(), chain.head().work()),
                CLOCK,
                core,
                writer);
    }

    /** Peers' questions are answered on the node's own thread: all it would read lies in memory. */
    private BackgroundWork serving() {
        return new BackgroundWork() {
            @Override
            public <T> void compute(Supplier<T> work, Consumer<T> whenDone) {
                writer.execute(() -> whenDone.accept(work.get()));
            }
        };
    }

    CompletionStage<Void> start() {
        writer.execute(core::start);
        return transport.start();
    }

    CompletionStage<?> dial(SocketNode other) {
        return transport.dial(new PeerAddress("127.0.0.1", other.transport.listenPort()));
    }

    int peers() {
        return transport.links().size();
    }

    /** Bytes that were sent to all peers since they are connected. */
    long sentBytes() {
        return transport.peers().stream().mapToLong(peer -> peer.bytesOut()).sum();
    }

    ChainWatch watch() {
        return watch;
    }

    void submit(List<Transaction> transactions) {
        writer.execute(() -> core.submit(transactions, admissions -> {}));
    }

    /** Finds a block of what waits here; when it was found, in nanoseconds. */
    CompletionStage<Long> mine() {
        CompletableFuture<Long> found = new CompletableFuture<>();
        writer.execute(() -> {
            BlockTemplate template = BlockAssembler.assemble(
                    chain.template(CLOCK.millis()),
                    chain.genesis().maxBlockBytes(),
                    mempool,
                    identity.nodeKey().key());
            long nonce = NonceSearch.search(template.header(), 0, NONCES).orElseThrow();
            long began = System.nanoTime();
            core.mined(template.withNonce(nonce), outcome -> found.complete(began));
        });
        return found;
    }

    @Override
    public void close() {
        transport.close();
        writer.close();
    }
}
