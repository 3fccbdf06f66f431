package dev.rensa.wallet.node;

import dev.rensa.protocol.api.AccountView;
import dev.rensa.protocol.api.BatchView;
import dev.rensa.protocol.api.FeesView;
import dev.rensa.protocol.api.NodeApi;
import dev.rensa.protocol.api.StatusView;
import dev.rensa.protocol.api.TransactionView;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.codec.ByteWriter;
import dev.rensa.protocol.codec.MalformedException;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.TransactionId;
import dev.rensa.protocol.genesis.GenesisDocument;
import dev.rensa.protocol.transaction.Transaction;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A node over HTTP, by the contract that it implements. */
public final class HttpNode implements Node {

    private static final System.Logger LOG = System.getLogger(HttpNode.class.getName());

    private final String url;
    private final NodeApi api;
    private final Duration timeout;

    /**
     * Joins a node's name and its client.
     *
     * @param api a client whose calls end within the timeout
     * @param timeout longest wait for an answer to a submission
     */
    public HttpNode(String url, NodeApi api, Duration timeout) {
        this.url = url;
        this.api = api;
        this.timeout = timeout;
    }

    @Override
    public String url() {
        return url;
    }

    @Override
    public StatusView status() {
        return call(api::status);
    }

    @Override
    public GenesisDocument genesis() {
        return call(api::genesis);
    }

    @Override
    public AccountView account(String address) {
        return call(() -> api.account(address));
    }

    @Override
    public FeesView fees() {
        return call(api::fees);
    }

    @Override
    public BatchView submit(List<Transaction> transactions) {
        ByteWriter packed =
                new ByteWriter(transactions.stream().mapToInt(Transaction::size).sum());
        transactions.forEach(transaction -> transaction.write(packed));
        return call(() -> await(api.submitPacked(packed.toBytes())));
    }

    @Override
    public Optional<Block> block(long height) {
        try {
            return Optional.of(Block.decode(call(() -> api.rawBlock(Long.toString(height)))));
        } catch (NotThereException e) {
            return Optional.empty();
        } catch (MalformedException e) {
            throw new NodeUnavailableException("node " + url + " sent a block that cannot be read", e);
        }
    }

    @Override
    public Optional<BlockHash> hashAt(long height) {
        try {
            return call(() -> api.headers(height, 1)).headers().stream()
                    .filter(header -> header.height() == height)
                    .map(header -> BlockHash.fromHex(header.hash()))
                    .findFirst();
        } catch (NotThereException e) {
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            throw new NodeUnavailableException("node " + url + " sent a header that cannot be read", e);
        }
    }

    @Override
    public void close() {
        if (api instanceof Closeable client) {
            try {
                client.close();
            } catch (IOException e) {
                LOG.log(System.Logger.Level.DEBUG, "the client of node {0} could not be closed", url);
            }
        }
    }

    @Override
    public Optional<BlockPosition> blockOf(TransactionId transaction) {
        try {
            TransactionView view = call(() -> api.transaction(transaction.toHex()));
            return view.block() == null || view.height() == null
                    ? Optional.empty()
                    : Optional.of(new BlockPosition(view.height(), BlockHash.fromHex(view.block())));
        } catch (NotThereException e) {
            return Optional.empty();
        }
    }

    private <T> T call(Supplier<@Nullable T> request) {
        try {
            T answer = request.get();
            if (answer == null) {
                throw new NodeUnavailableException("node " + url + " gave an empty answer");
            }
            return answer;
        } catch (WebApplicationException e) {
            if (e.getResponse().getStatus() == Response.Status.NOT_FOUND.getStatusCode()) {
                throw new NotThereException("node " + url + " has no such thing", e);
            }
            throw new NodeUnavailableException(
                    "node " + url + " answered " + e.getResponse().getStatus(), e);
        } catch (NodeUnavailableException e) {
            throw e;
        } catch (ProcessingException e) {
            throw new NodeUnavailableException("node " + url + " does not answer", e);
        } catch (RuntimeException e) {
            // A connection that the node closes in the middle comes as it is; whatever else does is told whole.
            throw new NodeUnavailableException("node " + url + " does not answer: " + e, e);
        }
    }

    private <T> T await(CompletionStage<T> answer) {
        try {
            return answer.toCompletableFuture().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NodeUnavailableException("interrupted while node " + url + " was asked", e);
        } catch (TimeoutException e) {
            throw new NodeUnavailableException(
                    "node " + url + " did not answer within " + timeout.toMillis() + " ms", e);
        } catch (ExecutionException e) {
            throw new NodeUnavailableException("node " + url + " failed a submission", e);
        }
    }

    @Override
    public String toString() {
        return url;
    }

    /** The node answered that it has no such thing. */
    private static final class NotThereException extends NodeUnavailableException {
        private static final long serialVersionUID = 1L;

        NotThereException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
