package dev.rensa.explorer.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rensa.explorer.passport.Stamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Stamps and arrivals as the JSON that their columns hold. A stamp is an array: names would double it. */
final class HistoryJson {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Long>> ARRIVALS = new TypeReference<>() {};

    private HistoryJson() {}

    static String arrivals(Map<String, Long> arrivals) {
        return write(arrivals);
    }

    static Map<String, Long> arrivals(String json) {
        try {
            return JSON.readValue(json, ARRIVALS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a row of arrivals cannot be read", e);
        }
    }

    static String stamps(List<Stamp> stamps) {
        return write(stamps.stream()
                .map(stamp -> Arrays.asList(
                        stamp.nodeKey(),
                        stamp.node(),
                        stamp.timeMillis(),
                        stamp.state(),
                        stamp.code(),
                        stamp.successor(),
                        stamp.block()))
                .toList());
    }

    static List<Stamp> stamps(String json) {
        try {
            List<Stamp> stamps = new ArrayList<>();
            for (JsonNode stamp : JSON.readTree(json)) {
                stamps.add(new Stamp(
                        stamp.get(0).asText(),
                        stamp.get(1).asText(),
                        stamp.get(2).asLong(),
                        stamp.get(3).asText(),
                        text(stamp.get(4)),
                        text(stamp.get(5)),
                        text(stamp.get(6))));
            }
            return stamps;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a row of stamps cannot be read", e);
        }
    }

    private static @Nullable String text(JsonNode node) {
        return node.isNull() ? null : node.asText();
    }

    private static String write(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("history cannot be written", e);
        }
    }
}
