package dev.rensa.explorer.lab;

import dev.rensa.explorer.observe.NodeRefusalException;
import dev.rensa.explorer.observe.NodeTroubleException;
import dev.rensa.protocol.api.LabView;
import dev.rensa.protocol.api.LinkFaultRequest;
import dev.rensa.protocol.api.MineRequest;
import dev.rensa.protocol.api.MinedView;
import dev.rensa.protocol.api.NodeApi;
import dev.rensa.protocol.api.Problem;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.client.ClientRequestFilter;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A node's lab over HTTP, through the contract that the node itself implements. Safe for use by many threads. */
public final class RestLabNode implements LabNode {

    /** A node searches two minutes at most. */
    private static final Duration MINING = Duration.ofSeconds(130);

    private final URI url;
    private final Duration answerTimeout;

    /** Brings no key: anybody may ask, and whoever answers under a node's name must not learn it by that. */
    private final NodeApi asking;

    private final NodeApi api;
    private final NodeApi miningApi;

    /**
     * Prepares a client; nothing is sent yet.
     *
     * @param adminKey what administrative calls bring; none for nodes that obey their own machine
     */
    public RestLabNode(URI url, Duration connectTimeout, Duration answerTimeout, Optional<String> adminKey) {
        this.url = url;
        this.answerTimeout = answerTimeout;
        this.asking = client(url, connectTimeout, answerTimeout, Optional.empty());
        this.api = client(url, connectTimeout, answerTimeout, adminKey);
        this.miningApi = client(url, connectTimeout, MINING, adminKey);
    }

    private static NodeApi client(URI url, Duration connect, Duration answer, Optional<String> adminKey) {
        ClientRequestFilter bringKey =
                request -> adminKey.ifPresent(key -> request.getHeaders().putSingle(NodeApi.ADMIN_KEY_HEADER, key));
        return QuarkusRestClientBuilder.newBuilder()
                .baseUri(url)
                .connectTimeout(connect.toMillis(), TimeUnit.MILLISECONDS)
                .readTimeout(answer.toMillis(), TimeUnit.MILLISECONDS)
                .register(bringKey)
                .build(NodeApi.class);
    }

    @Override
    public LabView lab() throws NodeTroubleException, NodeRefusalException {
        return answer(() -> asking.lab());
    }

    @Override
    public LabView disturb(LinkFaultRequest fault) throws NodeTroubleException, NodeRefusalException {
        return wait(api, answerTimeout, node -> node.disturbLinks(fault));
    }

    @Override
    public LabView heal(String nodeKey) throws NodeTroubleException, NodeRefusalException {
        return wait(api, answerTimeout, node -> node.healLink(nodeKey));
    }

    @Override
    public LabView healAll() throws NodeTroubleException, NodeRefusalException {
        return wait(api, answerTimeout, NodeApi::healLinks);
    }

    @Override
    public void startMining() throws NodeTroubleException, NodeRefusalException {
        answer(() -> api.startMining());
    }

    @Override
    public void stopMining(Optional<Long> forSeconds) throws NodeTroubleException, NodeRefusalException {
        answer(() -> api.stopMining(forSeconds.orElse(null)));
    }

    @Override
    public MinedView mine(MineRequest wish) throws NodeTroubleException, NodeRefusalException {
        return wait(miningApi, MINING, node -> node.mine(wish));
    }

    @Override
    public void close() {
        for (NodeApi each : List.of(asking, api, miningApi)) {
            try {
                ((Closeable) each).close();
            } catch (IOException e) {
                throw new UncheckedIOException("the client of " + url + " could not be closed", e);
            }
        }
    }

    private <T> T answer(Supplier<@Nullable T> call) throws NodeTroubleException, NodeRefusalException {
        try {
            return required(call.get());
        } catch (RuntimeException e) {
            throw failed(e);
        }
    }

    /** Whoever answers under a node's name may answer nothing: that is the node's trouble, not ours. */
    private <T> T required(@Nullable T answer) throws NodeTroubleException {
        if (answer == null) {
            throw new NodeTroubleException("the node at " + url + " gave an empty answer");
        }
        return answer;
    }

    private <T> T wait(NodeApi node, Duration bound, Function<NodeApi, CompletionStage<@Nullable T>> call)
            throws NodeTroubleException, NodeRefusalException {
        try {
            return required(call.apply(node).toCompletableFuture().get(bound.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            throw failed(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException | RuntimeException e) {
            throw failed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NodeTroubleException("the explorer is stopping", e);
        }
    }

    private NodeTroubleException failed(Throwable failure) throws NodeRefusalException {
        if (failure instanceof WebApplicationException answer) {
            return refused(answer);
        }
        return new NodeTroubleException("the node at " + url + " did not answer", failure);
    }

    private NodeTroubleException refused(WebApplicationException answer) throws NodeRefusalException {
        Problem problem;
        try {
            problem = answer.getResponse().readEntity(Problem.class);
        } catch (ProcessingException e) {
            return new NodeTroubleException("the node at " + url + " refused in words that cannot be read", e);
        }
        if (problem == null || problem.code() == null || problem.detail() == null) {
            return new NodeTroubleException("the node at " + url + " refused without a reason", answer);
        }
        throw new NodeRefusalException(problem);
    }
}
