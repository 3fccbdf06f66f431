package dev.rensa.bench.explorer;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.rensa.protocol.address.Address;
import dev.rensa.protocol.api.ExplanationView;
import dev.rensa.protocol.api.FeesView;
import dev.rensa.protocol.api.ForksView;
import dev.rensa.protocol.api.HeadersPage;
import dev.rensa.protocol.api.MempoolPage;
import dev.rensa.protocol.api.MiningView;
import dev.rensa.protocol.api.NodeEvent.BlockConnected;
import dev.rensa.protocol.api.StatusView;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.genesis.Genesis;
import dev.rensa.protocol.genesis.GenesisDocument;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A node as an explorer sees it: the calls that it makes, over real HTTP, from a chain in memory. It does not check or mine. */
final class ScriptedNode implements AutoCloseable {

    static {
        // Small answers would wait 40 ms for an acknowledgement otherwise, and count as the explorer's.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int EXPLANATION_SEGMENTS = 4;

    private final String name;
    private final String key;
    private final PackedChain chain;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<OutputStream> listeners = new CopyOnWriteArrayList<>();
    private final long startedAtMillis = System.currentTimeMillis();
    private volatile PackedChain.Entry head;
    private long events;

    ScriptedNode(String name, String key, PackedChain chain) {
        this.name = name;
        this.key = key;
        this.chain = chain;
        this.head = chain.tip();
        try {
            this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Takes a block for its head and tells whoever listens. */
    synchronized void take(PackedChain.Entry block) {
        head = block;
        String data = json(new BlockConnected(
                System.currentTimeMillis(),
                block.header().height(),
                block.hash().toHex(),
                block.header().parent().toHex(),
                block.header().timestampMillis(),
                block.work().toString(),
                new Address(chain.genesis().addressPrefix(), block.header().miner()).toString(),
                block.transactionCount(),
                null));
        byte[] event =
                ("id: 1-" + ++events + "\nevent: block\ndata: " + data + "\n\n").getBytes(StandardCharsets.UTF_8);
        listeners.removeIf(listener -> !takes(listener, event));
    }

    private static boolean takes(OutputStream listener, byte[] event) {
        try {
            listener.write(event);
            listener.flush();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        switch (path) {
            case "/status" -> send(exchange, json(status()));
            case "/genesis" -> send(exchange, json(GenesisDocument.of(chain.genesis())));
            case "/forks" -> send(exchange, json(new ForksView(List.of())));
            case "/fees" ->
                send(
                        exchange,
                        json(new FeesView(
                                head.header().height(),
                                0,
                                List.of(new FeesView.FeeEstimateView("next", 1, 1, 1, "minimum")))));
            case "/mempool" -> send(exchange, json(new MempoolPage(0, 0, 0, 1_000_000, 0, null, List.of())));
            case "/headers" -> headers(exchange);
            case "/chain/raw" -> page(exchange);
            case "/events" -> listen(exchange);
            default -> byName(exchange, path.split("/", -1));
        }
    }

    private void byName(HttpExchange exchange, String[] parts) throws IOException {
        if (parts.length == EXPLANATION_SEGMENTS && parts[1].equals("blocks") && parts[3].equals("raw")) {
            Optional<PackedChain.Entry> block = chain.block(BlockHash.fromHex(parts[2]));
            if (block.isPresent()) {
                send(exchange, 200, "application/octet-stream", block.get().bytes());
                return;
            }
        } else if (parts.length == EXPLANATION_SEGMENTS && parts[1].equals("explain")) {
            send(
                    exchange,
                    json(new ExplanationView(
                            parts[3],
                            "mined",
                            "mined",
                            "it is in a block",
                            head.header().height(),
                            null,
                            null,
                            null,
                            null,
                            null,
                            null)));
            return;
        }
        send(exchange, 404, "application/problem+json", "{}".getBytes(StandardCharsets.UTF_8));
    }

    private StatusView status() {
        Genesis genesis = chain.genesis();
        PackedChain.Entry now = head;
        long height = now.header().height();
        return new StatusView(
                key,
                name,
                "bench",
                genesis.name(),
                genesis.networkHash().toHex(),
                "%08x".formatted(Genesis.networkId(genesis.networkHash())),
                genesis.addressPrefix(),
                genesis.coinSymbol(),
                false,
                false,
                height,
                now.hash().toHex(),
                now.header().timestampMillis(),
                now.work().toString(),
                true,
                new StatusView.SyncView("synced", height, height, 0, 0L),
                new StatusView.SnapshotView("none", 0, 0, 64),
                2,
                0,
                0,
                new MiningView(
                        "manual",
                        false,
                        0,
                        0,
                        new Address(genesis.addressPrefix(), now.header().miner()).toString(),
                        0),
                startedAtMillis,
                System.currentTimeMillis());
    }

    private void headers(HttpExchange exchange) throws IOException {
        long from = number(exchange, "from");
        List<HeadersPage.HeaderView> headers = chain
                .find(from)
                .map(entry -> new HeadersPage.HeaderView(from, entry.hash().toHex(), "", "", "", 0, "", "", 0, ""))
                .stream()
                .toList();
        send(exchange, json(new HeadersPage(head.header().height(), head.hash().toHex(), from, headers)));
    }

    private void page(HttpExchange exchange) throws IOException {
        List<byte[]> blocks = chain.page(number(exchange, "from"), (int) number(exchange, "limit"));
        if (blocks.isEmpty()) {
            send(exchange, 404, "application/problem+json", "{}".getBytes(StandardCharsets.UTF_8));
            return;
        }
        exchange.getResponseHeaders().set("Content-Type", "application/octet-stream");
        exchange.sendResponseHeaders(
                200, blocks.stream().mapToLong(block -> block.length).sum());
        try (OutputStream out = exchange.getResponseBody()) {
            for (byte[] block : blocks) {
                out.write(block);
            }
        }
    }

    private void listen(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        out.write(": welcome\n\n".getBytes(StandardCharsets.UTF_8));
        out.flush();
        String query = exchange.getRequestURI().getQuery();
        if (query != null && query.contains("block")) {
            listeners.add(out);
        }
    }

    private static long number(HttpExchange exchange, String name) {
        for (String pair : exchange.getRequestURI().getQuery().split("&", -1)) {
            if (pair.startsWith(name + "=")) {
                return Long.parseLong(pair.substring(name.length() + 1));
            }
        }
        throw new IllegalArgumentException("no " + name + " in " + exchange.getRequestURI());
    }

    private static String json(@Nullable Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void send(HttpExchange exchange, String json) throws IOException {
        send(exchange, 200, "application/json", json.getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
