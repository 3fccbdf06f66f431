package dev.rensa.protocol.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * That a transaction was taken.
 *
 * @param state {@code pending} (minable now), {@code queued} (waits for an earlier nonce) or {@code known} (was here already, or is mined)
 * @param missingNonce the sender's lowest nonce that is not minable yet, which a queued transaction waits for
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SubmissionView(
        String id, String state, @Nullable Long missingNonce) {}
