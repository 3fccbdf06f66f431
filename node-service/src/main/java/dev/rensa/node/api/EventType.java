package dev.rensa.node.api;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a client of the event stream may choose from. */
public enum EventType {
    BLOCK,
    REORGANISATION,
    TRANSACTION,
    PEER;

    /**
     * Reads a list such as {@code block,peer}.
     *
     * @return all types when nothing is asked for
     * @throws ProblemException if one is not known
     */
    static Set<EventType> parse(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return EnumSet.allOf(EventType.class);
        }
        Set<EventType> types = EnumSet.noneOf(EventType.class);
        for (String name : text.split(",", -1)) {
            types.add(Arrays.stream(values())
                    .filter(type -> type.text().equals(name.strip()))
                    .findFirst()
                    .orElseThrow(() -> RequestChecks.malformed("`types` must be some of "
                            + Arrays.stream(values()).map(EventType::text).collect(Collectors.joining(", "))
                            + ", with commas between them")));
        }
        return types;
    }

    private String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
