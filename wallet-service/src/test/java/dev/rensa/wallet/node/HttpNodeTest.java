package dev.rensa.wallet.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rensa.protocol.api.NodeApi;
import io.vertx.core.http.HttpClosedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.ProcessingException;
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

    private static HttpNode failing(RuntimeException failure) {
        NodeApi api = (NodeApi) Proxy.newProxyInstance(
                NodeApi.class.getClassLoader(), new Class<?>[] {NodeApi.class}, (proxy, method, arguments) -> {
                    if (method.getReturnType().isAssignableFrom(CompletableFuture.class)) {
                        return CompletableFuture.failedFuture(failure);
                    }
                    throw failure;
                });
        return new HttpNode("http://node", api, Duration.ofSeconds(1));
    }
}
