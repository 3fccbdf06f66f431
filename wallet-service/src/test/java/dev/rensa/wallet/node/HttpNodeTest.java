package dev.rensa.wallet.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rensa.protocol.api.NodeApi;
import io.vertx.core.http.HttpClosedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.ProcessingException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HttpNodeTest {

    static List<RuntimeException> failures() {
        return List.of(
                new ProcessingException("refused"),
                new HttpClosedException("Connection was closed"),
                new IllegalStateException("Client is closed"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void shouldCallANodeUnavailableHoweverItsClientFails(RuntimeException failure) {
        HttpNode node = failing(failure);

        assertThatThrownBy(node::status).isInstanceOf(NodeUnavailableException.class);
        assertThatThrownBy(() -> node.account("rns1")).isInstanceOf(NodeUnavailableException.class);
        assertThatThrownBy(() -> node.block(1)).isInstanceOf(NodeUnavailableException.class);
        assertThatThrownBy(() -> node.submit(List.of())).isInstanceOf(NodeUnavailableException.class);
    }

    @Test
    void shouldTellWhatANodeLacksFromANodeThatFails() {
        assertThat(failing(new NotFoundException()).block(1)).isEmpty();
    }

    @Test
    void shouldCallANodeUnavailableThatGivesAnEmptyAnswer() {
        HttpNode node = node((proxy, method, arguments) ->
                isLater(method.getReturnType()) ? CompletableFuture.completedFuture(null) : null);

        assertThatThrownBy(node::status).isInstanceOf(NodeUnavailableException.class);
        assertThatThrownBy(() -> node.block(1)).isInstanceOf(NodeUnavailableException.class);
        assertThatThrownBy(() -> node.submit(List.of())).isInstanceOf(NodeUnavailableException.class);
    }

    private static HttpNode failing(RuntimeException failure) {
        return node((proxy, method, arguments) -> {
            if (isLater(method.getReturnType())) {
                return CompletableFuture.failedFuture(failure);
            }
            throw failure;
        });
    }

    private static boolean isLater(Class<?> type) {
        return type.isAssignableFrom(CompletableFuture.class);
    }

    private static HttpNode node(InvocationHandler calls) {
        NodeApi api =
                (NodeApi) Proxy.newProxyInstance(NodeApi.class.getClassLoader(), new Class<?>[] {NodeApi.class}, calls);
        return new HttpNode("http://node", api, Duration.ofSeconds(1));
    }
}
