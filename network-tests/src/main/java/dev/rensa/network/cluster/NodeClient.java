package dev.rensa.network.cluster;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rensa.protocol.api.AccountView;
import dev.rensa.protocol.api.BatchView;
import dev.rensa.protocol.api.BlockView;
import dev.rensa.protocol.api.MempoolPage;
import dev.rensa.protocol.api.MineRequest;
import dev.rensa.protocol.api.MinedView;
import dev.rensa.protocol.api.NodeApi;
import dev.rensa.protocol.api.PeersView;
import dev.rensa.protocol.api.StatusView;
import dev.rensa.protocol.api.TransactionView;
import dev.rensa.protocol.transaction.Transaction;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Asks one node over HTTP. Failing to reach it throws {@link UncheckedIOException}. */
public final class NodeClient {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final URI base;

    public NodeClient(URI base) {
        this.base = base;
    }

    public StatusView status() {
        return get("/status", StatusView.class);
    }

    public PeersView peers() {
        return get("/peers", PeersView.class);
    }

    public AccountView account(String address) {
        return get("/accounts/" + address, AccountView.class);
    }

    public MempoolPage mempool() {
        return get("/mempool?limit=1", MempoolPage.class);
    }

    /** A block by hash, canonical height or {@code tip}. */
    public Optional<BlockView> block(String block) {
        return find("/blocks/" + block, BlockView.class);
    }

    public Optional<TransactionView> transaction(String id) {
        return find("/transactions/" + id, TransactionView.class);
    }

    /** Hash of the canonical block at a height, if the node has come that far. */
    public Optional<String> hashAt(long height) {
        return block(Long.toString(height)).map(BlockView::hash);
    }

    /** Submits transactions in their packed form. */
    public BatchView submit(List<Transaction> transactions) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream(transactions.size() * Transaction.MIN_BYTES);
        for (Transaction transaction : transactions) {
            packed.writeBytes(transaction.toBytes());
        }
        return read(
                send(HttpRequest.newBuilder(base.resolve("/transactions/batch"))
                        .header("Content-Type", NodeApi.PACKED)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(packed.toByteArray()))),
                BatchView.class);
    }

    /** Mines blocks at once. */
    public MinedView mine(MineRequest request) {
        try {
            return read(
                    send(HttpRequest.newBuilder(base.resolve("/mine"))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(request)))),
                    MinedView.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets the miner run, or stops it. */
    public void setMining(boolean on) {
        read(
                send(HttpRequest.newBuilder(base.resolve(on ? "/mining/start" : "/mining/stop"))
                        .POST(HttpRequest.BodyPublishers.noBody())),
                Object.class);
    }

    private <T> T get(String path, Class<T> type) {
        return read(send(HttpRequest.newBuilder(base.resolve(path))), type);
    }

    private <T> Optional<T> find(String path, Class<T> type) {
        HttpResponse<byte[]> response = send(HttpRequest.newBuilder(base.resolve(path)));
        return response.statusCode() == 404 ? Optional.empty() : Optional.of(read(response, type));
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(TIMEOUT).build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted", e));
        }
    }

    private static <T> T read(HttpResponse<byte[]> response, Class<T> type) {
        try {
            if (response.statusCode() / 100 != 2) {
                throw new IllegalStateException(response.uri() + " answered " + response.statusCode() + ": "
                        + new String(response.body(), StandardCharsets.UTF_8));
            }
            return JSON.readValue(response.body(), type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
