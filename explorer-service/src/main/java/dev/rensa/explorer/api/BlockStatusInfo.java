package dev.rensa.explorer.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Where a block stands.
 *
 * @param next hash of the canonical block above it; absent at the tip and off the canonical chain
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BlockStatusInfo(
        boolean canonical, long height, @Nullable String next) {}
