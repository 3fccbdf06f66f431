package dev.rensa.wallet.node;

import dev.rensa.protocol.api.StatusView;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * What the last look at a node showed.
 *
 * @param usable whether requests go to it
 * @param reason why it is not usable, a sentence
 * @param status its last answer, of whatever age
 * @param work its cumulative work, zero before the first answer
 * @param seenAtMillis when it answered last, milliseconds since 1970-01-01 UTC; 0 for never
 */
public record NodeHealth(
        String url,
        boolean usable,
        @Nullable String reason,
        @Nullable StatusView status,
        BigInteger work,
        long seenAtMillis) {

    static NodeHealth unseen(String url) {
        return new NodeHealth(url, false, "it has not answered yet", null, BigInteger.ZERO, 0);
    }

    NodeHealth failed(String why) {
        return new NodeHealth(url, false, why, status, work, seenAtMillis);
    }
}
