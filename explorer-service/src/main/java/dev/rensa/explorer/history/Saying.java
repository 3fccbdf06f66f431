package dev.rensa.explorer.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * What an event says of what, without its time: explorers that see the same network say the same, each at a moment of its own.
 *
 * @param subject of which an explorer says one thing at a time
 */
record Saying(String subject, String what) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static Saying of(Told event) {
        JsonNode data = read(event);
        return switch (event.name()) {
            case "block" -> new Saying("block " + text(data, "hash"), "");
            case "head" -> new Saying("head of " + text(data, "node"), text(data, "hash"));
            case "node" -> new Saying("node " + text(data, "node"), text(data, "state"));
            case "reorganisation" ->
                new Saying("reorganisation of " + text(data, "nodeKey"), text(data, "from") + text(data, "to"));
            case "agreement" -> new Saying("agreement", text(data, "state"));
            default -> new Saying(event.name() + event.timeMillis(), event.json());
        };
    }

    private static String text(JsonNode data, String field) {
        return data.path(field).asText();
    }

    private static JsonNode read(Told event) {
        try {
            return JSON.readTree(event.json());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event cannot be read", e);
        }
    }
}
