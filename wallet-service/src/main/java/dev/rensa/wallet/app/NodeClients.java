package dev.rensa.wallet.app;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rensa.protocol.api.NodeApi;
import dev.rensa.wallet.node.HttpNode;
import dev.rensa.wallet.node.Node;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import jakarta.ws.rs.ext.ContextResolver;
import java.net.URI;
import java.util.concurrent.TimeUnit;

/** REST clients of the nodes. */
final class NodeClients {

    /** A newer node may say more than this wallet knows: that is no error. */
    private static final ObjectMapper LENIENT = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private NodeClients() {}

    static Node client(URI url, WalletConfig config) {
        NodeApi api = QuarkusRestClientBuilder.newBuilder()
                .baseUri(url)
                .connectTimeout(config.connectTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .readTimeout(config.requestTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .register(new LenientJson())
                .build(NodeApi.class);
        return new HttpNode(url.toString(), api, config.requestTimeout());
    }

    private static final class LenientJson implements ContextResolver<ObjectMapper> {
        @Override
        public ObjectMapper getContext(Class<?> type) {
            return LENIENT;
        }
    }
}
