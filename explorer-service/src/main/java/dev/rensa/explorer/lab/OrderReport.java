package dev.rensa.explorer.lab;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What became of an order to one node.
 *
 * @param code why it was not done, for programs; absent if it was
 * @param detail the same for people
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OrderReport(
        String nodeKey,
        String name,
        boolean done,
        @Nullable String code,
        @Nullable String detail) {}
