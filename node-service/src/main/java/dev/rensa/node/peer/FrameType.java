package dev.rensa.node.peer;

import static dev.rensa.node.peer.MessageLimits.MAX_ADDRESSES;
import static dev.rensa.node.peer.MessageLimits.MAX_BODIES;
import static dev.rensa.node.peer.MessageLimits.MAX_FRAME_BYTES;
import static dev.rensa.node.peer.MessageLimits.MAX_HEADERS;
import static dev.rensa.node.peer.MessageLimits.MAX_LOCATOR;
import static dev.rensa.node.peer.MessageLimits.MAX_PREFILLED_BYTES;
import static dev.rensa.node.peer.MessageLimits.MAX_TRANSACTIONS;
import static dev.rensa.protocol.block.Block.MAX_TRANSACTION_BYTES;

import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.block.BlockHeader;
import dev.rensa.protocol.codec.MalformedException;
import dev.rensa.protocol.crypto.Bytes32;
import dev.rensa.protocol.crypto.Signature;
import dev.rensa.protocol.state.BucketRoots;
import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.protocol.verdict.RejectionReason;
import dev.rensa.protocol.work.Work;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The first byte of a payload: what follows, and how long the whole payload may be. Numbers are never reused. */
enum FrameType {
    HELLO(1, Hello.MAX_BYTES),
    PROOF(2, Signature.LENGTH),
    WELCOME(3, 0),

    PING(16, Long.BYTES),
    PONG(17, Long.BYTES),
    GOODBYE(18, Byte.BYTES),
    PEERS(19, list(MAX_ADDRESSES, MessageCodec.MAX_ADDRESS_BYTES)),

    ANNOUNCE_TRANSACTIONS(32, list(MAX_TRANSACTIONS, ShortIds.BYTES)),
    GET_TRANSACTIONS(33, list(MAX_TRANSACTIONS, ShortIds.BYTES)),
    TRANSACTIONS(34, list(MAX_TRANSACTIONS, Transaction.MAX_BYTES)),
    TRANSACTIONS_GONE(35, list(MAX_TRANSACTIONS, ShortIds.BYTES)),
    WANT_RELAY(36, Byte.BYTES),

    ANNOUNCE_TIP(48, BlockHeader.BYTES + Work.LENGTH),
    GET_HEADERS(49, list(MAX_LOCATOR, Bytes32.LENGTH)),
    HEADERS(50, list(MAX_HEADERS, BlockHeader.BYTES)),
    GET_BODIES(51, list(MAX_BODIES, Bytes32.LENGTH)),
    BODIES(52, MAX_FRAME_BYTES - FrameType.TYPE_BYTES),
    COMPACT_BLOCK(53, CompactBlockCodec.EMPTY_BYTES + Block.MAX_TRANSACTIONS * ShortIds.BYTES + MAX_PREFILLED_BYTES),
    GET_BLOCK_TRANSACTIONS(54, Bytes32.LENGTH + list(Block.MAX_TRANSACTIONS, Integer.BYTES)),
    BLOCK_TRANSACTIONS(55, Bytes32.LENGTH + Integer.BYTES + MAX_TRANSACTION_BYTES),

    GET_STATE_ROOTS(64, Bytes32.LENGTH),
    STATE_ROOTS(65, Bytes32.LENGTH + list(BucketRoots.PAGES, StateMessages.MAX_PAGE_BYTES)),
    GET_STATE_CHUNK(66, Bytes32.LENGTH + StateMessages.RANGE_BYTES),
    STATE_CHUNK(67, MessageLimits.MAX_CHUNK_BYTES);

    /** Bytes of the type itself, which the length of a frame includes. */
    static final int TYPE_BYTES = 1;

    /** Beside the transactions: type, count of bodies, and what stands before the last body. */
    private static final int BODIES_OVERHEAD = 1_024;

    private static final Map<Integer, FrameType> BY_NUMBER =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(FrameType::number, Function.identity()));

    private final int number;
    private final int maximumBytes;

    FrameType(int number, int maximumBodyBytes) {
        this.number = number;
        this.maximumBytes = 1 + maximumBodyBytes;
    }

    /**
     * The type with this number.
     *
     * @throws MalformedException if there is none
     */
    static FrameType ofNumber(int number) {
        FrameType type = BY_NUMBER.get(number);
        if (type == null) {
            throw new MalformedException(RejectionReason.UNKNOWN_VERSION, "message type " + number + " is unknown");
        }
        return type;
    }

    int number() {
        return number;
    }

    /** Longest payload of this type, its first byte included. */
    int maximumBytes() {
        return maximumBytes;
    }

    /** Whether it belongs to the handshake and to nothing else. */
    boolean isHandshake() {
        return this == HELLO || this == PROOF || this == WELCOME;
    }

    /** Whether it asks for something that is made and sent. */
    boolean isQuestion() {
        return switch (this) {
            case GET_TRANSACTIONS, GET_HEADERS, GET_BODIES, GET_BLOCK_TRANSACTIONS, GET_STATE_ROOTS, GET_STATE_CHUNK ->
                true;
            default -> false;
        };
    }

    /** Whether it may come only because somebody asked for it. */
    boolean isAnswer() {
        return switch (this) {
            case TRANSACTIONS, HEADERS, BODIES, BLOCK_TRANSACTIONS, STATE_ROOTS, STATE_CHUNK -> true;
            default -> false;
        };
    }

    /**
     * Longest payload of this type on a network whose blocks have at most so many bytes of transactions.
     *
     * @param maxBlockBytes most bytes of transactions a block
     */
    int maximumBytes(int maxBlockBytes) {
        int transactions = maxBlockBytes / Transaction.MIN_BYTES;
        int bytes = switch (this) {
            case BODIES -> MessageLimits.BODIES_FILL_BYTES + maxBlockBytes + BODIES_OVERHEAD;
            case COMPACT_BLOCK ->
                TYPE_BYTES + CompactBlockCodec.EMPTY_BYTES + transactions * ShortIds.BYTES + MAX_PREFILLED_BYTES;
            case GET_BLOCK_TRANSACTIONS -> TYPE_BYTES + Bytes32.LENGTH + list(transactions, Integer.BYTES);
            case BLOCK_TRANSACTIONS -> TYPE_BYTES + Bytes32.LENGTH + Integer.BYTES + maxBlockBytes;
            default -> maximumBytes;
        };
        return Math.min(bytes, maximumBytes);
    }

    /**
     * Holds a declared length against this type's limit.
     *
     * @throws MalformedException if it is beyond
     */
    void requireLength(int length) {
        if (length > maximumBytes) {
            throw new MalformedException(
                    RejectionReason.SIZE_LIMIT,
                    "a frame of type " + this + " declares " + length + " bytes; its limit is " + maximumBytes);
        }
    }

    /**
     * The sender's side of the same limit.
     *
     * @throws IllegalArgumentException if a message was filled beyond it
     */
    void requireSendable(int length) {
        if (length > maximumBytes) {
            throw new IllegalArgumentException(
                    "a message of type " + this + " takes " + length + " bytes; its limit is " + maximumBytes);
        }
    }

    private static int list(int maximum, int elementBytes) {
        return Integer.BYTES + maximum * elementBytes;
    }
}
