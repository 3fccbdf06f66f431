package dev.rensa.protocol.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the mempool.
 *
 * @param pending transactions that can be mined now
 * @param queued transactions that wait for an earlier nonce
 * @param bytes size of all of them
 * @param maxBytes the limit on that size
 * @param minimumFee least fee, in mon, that is accepted at the moment
 * @param next {@code after} of the next page; absent on the last one
 * @param transactions the page
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MempoolPage(
        int pending,
        int queued,
        long bytes,
        long maxBytes,
        long minimumFee,
        @Nullable String next,
        List<TransactionView> transactions) {}
