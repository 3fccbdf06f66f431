package dev.rensa.protocol.verdict;

import static dev.rensa.protocol.verdict.Fault.OURS;
import static dev.rensa.protocol.verdict.Fault.SENDER;
import static dev.rensa.protocol.verdict.Fault.TOO_EARLY;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Why something was not accepted. API, logs, metrics and the peer protocol share these codes. On the wire a reason is
 * its {@link #number()}; numbers are never reused.
 */
public enum RejectionReason {
    // Form: what the bytes say before any state is asked.
    MALFORMED(1, SENDER),
    TRAILING_BYTES(2, SENDER),
    SIZE_LIMIT(3, SENDER),
    UNKNOWN_VERSION(4, SENDER),
    NOT_CANONICAL(5, SENDER),

    // Transactions.
    WRONG_NETWORK(20, SENDER),
    INVALID_ADDRESS(21, SENDER),
    AMOUNT_NOT_POSITIVE(22, SENDER),
    AMOUNT_OUT_OF_RANGE(23, SENDER),
    MEMO_TOO_LONG(24, SENDER),
    MEMO_NOT_UTF8(25, SENDER),
    INVALID_SIGNATURE(26, SENDER),
    FEE_BELOW_MINIMUM(27, SENDER),
    NONCE_TOO_LOW(28, SENDER),
    NONCE_GAP(29, TOO_EARLY),
    INSUFFICIENT_FUNDS(30, SENDER),
    EXPIRED(31, SENDER),

    // Mempool: our own limits.
    ALREADY_KNOWN(50, OURS),
    NONCE_TOO_FAR_AHEAD(51, OURS),
    REPLACEMENT_FEE_TOO_LOW(52, OURS),
    SENDER_LIMIT(53, OURS),
    MEMPOOL_FULL(54, OURS),
    REPLACED(55, OURS),

    // Block headers.
    UNKNOWN_PARENT(80, TOO_EARLY),
    WRONG_HEIGHT(81, SENDER),
    WRONG_TARGET(82, SENDER),
    INSUFFICIENT_WORK(83, SENDER),
    TIMESTAMP_TOO_OLD(84, SENDER),
    TIMESTAMP_TOO_NEW(85, TOO_EARLY),
    WRONG_STATE_ROOT(86, SENDER),
    INVALID_MINER(87, SENDER),

    // Block bodies.
    WRONG_TRANSACTIONS_ROOT(100, SENDER),
    BLOCK_TOO_LARGE(101, SENDER),
    DUPLICATE_TRANSACTION(102, SENDER),
    INVALID_TRANSACTION(103, SENDER),
    INVALID_ANCESTOR(104, SENDER),
    MONEY_OVERFLOW(105, SENDER),

    // Fork choice.
    REORGANISATION_TOO_DEEP(120, OURS),

    // Peers.
    WRONG_GENESIS(140, SENDER),
    PROTOCOL_VERSION_MISMATCH(141, SENDER),
    SELF_CONNECTION(142, OURS),
    ALREADY_CONNECTED(143, OURS),
    INVALID_NODE_KEY_PROOF(144, SENDER),
    TOO_MANY_PEERS(145, OURS),
    BANNED(146, OURS),
    UNEXPECTED_MESSAGE(147, SENDER),
    UNREACHABLE(148, OURS),
    TIMED_OUT(149, SENDER),
    NODE_KEY_NOT_ALLOWED(150, OURS),
    SHUTTING_DOWN(151, OURS),
    TLS_FAILED(152, OURS),
    CUT_BY_LAB(153, OURS),

    // Requests over HTTP.
    MALFORMED_REQUEST(170, SENDER),
    BODY_TOO_LARGE(171, SENDER),
    NOT_FOUND(172, SENDER),
    ADMIN_KEY_REQUIRED(173, SENDER),
    NOT_MINING_MODE(174, OURS),
    FOREIGN_ORIGIN(175, SENDER),
    BELOW_SNAPSHOT_BASE(176, OURS),
    LAB_OFF(177, OURS),

    // Ourselves.
    NOT_READY(190, OURS),
    STORAGE_FAILURE(191, OURS),
    INTERNAL_ERROR(192, OURS);

    private static final Map<Integer, RejectionReason> BY_NUMBER =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(r -> r.number, Function.identity()));

    private final int number;
    private final Fault fault;
    private final String code;

    RejectionReason(int number, Fault fault) {
        this.number = number;
        this.fault = fault;
        this.code = name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The reason with this number on the wire, empty for one of a newer version. */
    public static Optional<RejectionReason> ofNumber(int number) {
        return Optional.ofNullable(BY_NUMBER.get(number));
    }

    /** Stable number on the wire, 1 to 255. */
    public int number() {
        return number;
    }

    /** Whose matter it is. */
    public Fault fault() {
        return fault;
    }

    /** The name in API, logs and metrics: lower case with hyphens, for example {@code nonce-too-low}. */
    public String code() {
        return code;
    }
}
