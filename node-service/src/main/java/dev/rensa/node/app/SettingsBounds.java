package dev.rensa.node.app;

import dev.rensa.protocol.transaction.Transaction;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Holds the numbers of the configuration against their bounds, all of them before anything is opened. */
final class SettingsBounds {
    private static final long A_SECOND = Duration.ofSeconds(1).toMillis();
    private static final long A_YEAR = Duration.ofDays(365).toMillis();
    private static final long MEBIBYTE = 1L << 20;

    private SettingsBounds() {}

    private record Bounds(String key, long value, long least, long most, String unit) {
        boolean holds() {
            return value >= least && value <= most;
        }

        String sentence() {
            return String.format(Locale.ROOT, "%s is %,d%s and must lie in %,d to %,d", key, value, unit, least, most);
        }
    }

    /**
     * Checks them.
     *
     * @throws CannotStartException with a sentence that names every key that is out of its bounds
     */
    static void check(NodeConfig config) {
        String broken = all(config).stream()
                .filter(bounds -> !bounds.holds())
                .map(Bounds::sentence)
                .collect(Collectors.joining("; "));
        if (!broken.isEmpty()) {
            throw new CannotStartException("Settings are out of their bounds: " + broken + ".");
        }
    }

    private static List<Bounds> all(NodeConfig config) {
        NodeConfig.MempoolSettings mempool = config.mempool();
        NodeConfig.Mining mining = config.mining();
        NodeConfig.Api api = config.api();
        return List.of(
                number("rensa.max-reorg-depth", config.maxReorgDepth(), 1, Integer.MAX_VALUE),
                number("rensa.peer.port", config.peer().port(), 0, 65_535),
                number("rensa.peer.max", config.peer().max(), 1, 10_000),
                number("rensa.peer.max-outbound", config.peer().maxOutbound(), 1, 10_000),
                number("rensa.peer.max-per-address", config.peer().maxPerAddress(), 1, 10_000),
                number(
                        "rensa.discovery.multicast.port",
                        config.discovery().multicast().port(),
                        1,
                        65_535),
                time("rensa.discovery.interval", config.discovery().interval(), A_SECOND),
                number("rensa.mining.max-hashes-per-second", mining.maxHashesPerSecond(), 1, 1_000_000_000),
                time("rensa.mining.heartbeat", mining.heartbeat(), A_SECOND),
                // Beyond it a node needs more memory than anybody gives it.
                number("rensa.mempool.max-bytes", mempool.maxBytes(), MEBIBYTE, 64L << 30),
                number("rensa.mempool.max-per-sender", mempool.maxPerSender(), 1, 1_000_000),
                number("rensa.mempool.max-nonce-gap", mempool.maxNonceGap(), 0, 1_000_000),
                time("rensa.mempool.expiry", mempool.expiry(), A_SECOND),
                // As hexadecimal digits in JSON, a transaction must fit.
                number(
                        "rensa.api.max-transaction-body",
                        api.maxTransactionBody(),
                        4L * Transaction.MAX_BYTES,
                        MEBIBYTE),
                number("rensa.api.max-batch", api.maxBatch(), 1, 1_000_000),
                number("rensa.api.max-event-clients", api.maxEventClients(), 0, 100_000));
    }

    private static Bounds number(String key, long value, long least, long most) {
        return new Bounds(key, value, least, most, "");
    }

    private static Bounds time(String key, Duration value, long leastMillis) {
        return new Bounds(key, millis(value), leastMillis, A_YEAR, " ms");
    }

    /** A time that is too long to be counted is too long. */
    private static long millis(Duration value) {
        return value.compareTo(Duration.ofDays(1_000_000)) > 0 ? Long.MAX_VALUE : value.toMillis();
    }
}
