package dev.rensa.explorer.observe;

import dev.rensa.protocol.api.ExplanationView;
import dev.rensa.protocol.api.FeesView;
import dev.rensa.protocol.api.ForksView;
import dev.rensa.protocol.api.HeadersPage.HeaderView;
import dev.rensa.protocol.api.MempoolPage;
import dev.rensa.protocol.api.NodeApi;
import dev.rensa.protocol.api.PeersView;
import dev.rensa.protocol.api.Problem;
import dev.rensa.protocol.api.StatusView;
import dev.rensa.protocol.api.SubmissionView;
import dev.rensa.protocol.api.TransactionView;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.TransactionId;
import dev.rensa.protocol.genesis.Genesis;
import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.protocol.work.Work;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A node over HTTP, through the contract that the node itself implements. Safe for use by many threads. */
public final class RestNodeClient implements NodeClient {

    private static final int NOT_FOUND = 404;
    private static final int MAX_MEMPOOL_PAGE = 1_000;

    private final URI url;
    private final Duration answerTimeout;
    private final NodeApi api;

    /**
     * Prepares a client; nothing is sent yet.
     *
     * @param connectTimeout how long a connection may take
     * @param answerTimeout how long an answer may take
     */
    public RestNodeClient(URI url, Duration connectTimeout, Duration answerTimeout) {
        this.url = url;
        this.answerTimeout = answerTimeout;
        this.api = QuarkusRestClientBuilder.newBuilder()
                .baseUri(url)
                .connectTimeout(connectTimeout.toMillis(), TimeUnit.MILLISECONDS)
                .readTimeout(answerTimeout.toMillis(), TimeUnit.MILLISECONDS)
                .build(NodeApi.class);
    }

    @Override
    public URI url() {
        return url;
    }

    @Override
    public StatusView status() throws NodeTroubleException {
        return required(NodeApi::status);
    }

    @Override
    public Genesis genesis() throws NodeTroubleException {
        return required(node -> node.genesis().toGenesis());
    }

    @Override
    public Optional<Block> block(BlockHash hash) throws NodeTroubleException {
        return ask(node -> Block.decode(node.rawBlock(hash.toHex())));
    }

    @Override
    public List<Block> blocksFrom(long height, int limit) throws NodeTroubleException {
        Optional<byte[]> page = ask(node -> node.rawChain(height, limit));
        return page.isEmpty() ? List.of() : BlockPages.decode(page.get(), height, url);
    }

    @Override
    public Optional<BlockHash> hashAt(long height) throws NodeTroubleException {
        return header(height, header -> BlockHash.fromHex(header.hash()));
    }

    @Override
    public Optional<Work> workAt(long height) throws NodeTroubleException {
        return header(height, header -> ReportReader.work(header.work()));
    }

    /** What is read from a header is read where a malformed one is the node's trouble. */
    private <T> Optional<T> header(long height, Function<HeaderView, T> reading) throws NodeTroubleException {
        Optional<Optional<T>> read = ask(
                node -> node.headers(height, 1).headers().stream().findFirst().map(reading));
        return read.flatMap(found -> found);
    }

    @Override
    public ForksView forks() throws NodeTroubleException {
        return required(NodeApi::forks);
    }

    @Override
    public PeersView peers() throws NodeTroubleException {
        return required(node -> node.peers(0, 1));
    }

    @Override
    public MempoolPage mempool(String order, int limit) throws NodeTroubleException {
        return required(node -> node.mempool(order, null, null, null, limit));
    }

    @Override
    public MempoolPage mempoolOf(String address) throws NodeTroubleException {
        return required(node -> node.mempool("fee", address, null, null, MAX_MEMPOOL_PAGE));
    }

    @Override
    public FeesView fees() throws NodeTroubleException {
        return required(NodeApi::fees);
    }

    @Override
    public ExplanationView explain(TransactionId id) throws NodeTroubleException {
        return required(node -> node.explainTransaction(id.toHex()));
    }

    @Override
    public SubmissionView submit(Transaction transaction) throws NodeTroubleException, NodeRefusalException {
        try {
            return api.submitRaw(transaction.toBytes(), false)
                    .toCompletableFuture()
                    .get(answerTimeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            if (e.getCause() instanceof WebApplicationException answer) {
                throw refusal(answer);
            }
            throw new NodeTroubleException("the node at " + url + " did not take the transaction", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NodeTroubleException("the explorer is stopping", e);
        }
    }

    private NodeRefusalException refusal(WebApplicationException answer) throws NodeTroubleException {
        try {
            Problem problem = answer.getResponse().readEntity(Problem.class);
            if (problem == null || problem.code() == null || problem.detail() == null) {
                throw new NodeTroubleException("the node at " + url + " refused without a reason", answer);
            }
            return new NodeRefusalException(problem);
        } catch (ProcessingException e) {
            throw new NodeTroubleException("the node at " + url + " refused in words that cannot be read", e);
        }
    }

    @Override
    public Optional<TransactionView> transaction(TransactionId id) throws NodeTroubleException {
        return ask(node -> node.transaction(id.toHex()));
    }

    @Override
    public void close() {
        try {
            ((Closeable) api).close();
        } catch (IOException e) {
            throw new UncheckedIOException("the client of " + url + " could not be closed", e);
        }
    }

    private <T> T required(Function<NodeApi, @Nullable T> call) throws NodeTroubleException {
        return ask(call)
                .orElseThrow(() -> new NodeTroubleException("the service at " + url
                        + " does not know a path that every node has: is it a node, of this version?"));
    }

    /** A node's answer is input from outside: whatever decoding it throws is the node's trouble, not ours. */
    private <T> Optional<T> ask(Function<NodeApi, @Nullable T> call) throws NodeTroubleException {
        try {
            T answer = call.apply(api);
            if (answer == null) {
                throw new NodeTroubleException("the node at " + url + " gave an empty answer");
            }
            return Optional.of(answer);
        } catch (WebApplicationException e) {
            int status = e.getResponse().getStatus();
            if (status == NOT_FOUND) {
                return Optional.empty();
            }
            if (status < 400) {
                throw new NodeTroubleException("the node at " + url + " gave an answer that cannot be read", e);
            }
            throw new NodeTroubleException("the node at " + url + " answers with HTTP status " + status, e);
        } catch (RuntimeException e) {
            throw new NodeTroubleException(sentence(e), e);
        }
    }

    private String sentence(RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case UnknownHostException unknown -> {
                    return "the name " + url.getHost() + " does not resolve";
                }
                case ConnectException refused -> {
                    return "no connection to " + url + ": is the node running, and is this its address?";
                }
                case TimeoutException late -> {
                    return "the node at " + url + " gave no answer within " + answerTimeout.toMillis() + " ms";
                }
                default -> {
                    // A wrapper: the reason lies deeper.
                }
            }
        }
        String message = failure.getMessage();
        return "the answer of " + url + " cannot be read: "
                + (message == null ? failure.getClass().getSimpleName() : message);
    }
}
