package dev.rensa.node.api;

import dev.rensa.protocol.verdict.RejectionReason;

/** Which HTTP status each reason has. The only place that knows. */
final class ProblemStatus {

    private ProblemStatus() {}

    static int of(RejectionReason reason) {
        return switch (reason) {
            case MALFORMED,
                    TRAILING_BYTES,
                    UNKNOWN_VERSION,
                    NOT_CANONICAL,
                    INVALID_ADDRESS,
                    AMOUNT_NOT_POSITIVE,
                    AMOUNT_OUT_OF_RANGE,
                    MEMO_TOO_LONG,
                    MEMO_NOT_UTF8,
                    MALFORMED_REQUEST -> 400;
            case ADMIN_KEY_REQUIRED, FOREIGN_ORIGIN, NODE_KEY_NOT_ALLOWED, BANNED -> 403;
            // A block that exists, but whose body this node never had.
            case NOT_FOUND, BELOW_SNAPSHOT_BASE -> 404;
            // The state here is another than the sender thought: look again, then decide.
            case NONCE_TOO_LOW, NONCE_GAP, ALREADY_KNOWN, REPLACEMENT_FEE_TOO_LOW, REPLACED, NOT_MINING_MODE, LAB_OFF ->
                409;
            case SIZE_LIMIT, BODY_TOO_LARGE -> 413;
            // Well formed, but a rule of the network speaks against it.
            case WRONG_NETWORK,
                    INVALID_SIGNATURE,
                    FEE_BELOW_MINIMUM,
                    INSUFFICIENT_FUNDS,
                    EXPIRED,
                    UNKNOWN_PARENT,
                    WRONG_HEIGHT,
                    WRONG_TARGET,
                    INSUFFICIENT_WORK,
                    TIMESTAMP_TOO_OLD,
                    TIMESTAMP_TOO_NEW,
                    WRONG_STATE_ROOT,
                    INVALID_MINER,
                    WRONG_TRANSACTIONS_ROOT,
                    BLOCK_TOO_LARGE,
                    DUPLICATE_TRANSACTION,
                    INVALID_TRANSACTION,
                    INVALID_ANCESTOR,
                    MONEY_OVERFLOW,
                    REORGANISATION_TOO_DEEP,
                    WRONG_GENESIS,
                    PROTOCOL_VERSION_MISMATCH,
                    SELF_CONNECTION,
                    ALREADY_CONNECTED,
                    INVALID_NODE_KEY_PROOF,
                    UNEXPECTED_MESSAGE -> 422;
            // A limit of ours that this sender met: later, or less.
            case NONCE_TOO_FAR_AHEAD, SENDER_LIMIT -> 429;
            case INTERNAL_ERROR -> 500;
            case MEMPOOL_FULL,
                    TOO_MANY_PEERS,
                    UNREACHABLE,
                    TIMED_OUT,
                    SHUTTING_DOWN,
                    TLS_FAILED,
                    CUT_BY_LAB,
                    NOT_READY,
                    STORAGE_FAILURE -> 503;
        };
    }
}
