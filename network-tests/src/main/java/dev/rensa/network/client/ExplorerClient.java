package dev.rensa.network.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Map;

/** The explorer, asked over HTTP. */
public final class ExplorerClient {

    private final JsonClient http;

    public ExplorerClient(URI base) {
        this.http = new JsonClient(base);
    }

    public JsonNode get(String path) {
        return http.get(path, JsonNode.class);
    }

    /** Posts an object, written as JSON. */
    public JsonNode post(String path, Object body) {
        return http.post(path, body, Map.of(), JsonNode.class);
    }
}
