package dev.rensa.node.api;

import dev.rensa.protocol.api.TransactionRequest;
import dev.rensa.protocol.codec.MalformedException;
import dev.rensa.protocol.crypto.Signature;
import dev.rensa.protocol.money.Amount;
import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.protocol.transaction.TransferBody;
import dev.rensa.protocol.verdict.RejectionReason;
import java.util.HexFormat;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes transactions of what clients send. Everything that is wrong with it ends as a {@link ProblemException}. */
final class TransactionRequests {

    private static final int NETWORK_ID_DIGITS = 8;

    private TransactionRequests() {}

    /** Reads canonical bytes. */
    static Transaction ofBytes(byte[] bytes) {
        try {
            return Transaction.decode(bytes);
        } catch (MalformedException e) {
            throw new ProblemException(e.rejection());
        }
    }

    static ProblemException tooMany(int most) {
        return new ProblemException(
                RejectionReason.SIZE_LIMIT,
                "a batch has at most " + most + " transactions (rensa.api.max-batch): send it in parts");
    }

    /** Reads the JSON form. */
    static Transaction ofJson(@Nullable TransactionRequest request, String addressPrefix) {
        if (request == null) {
            throw RequestChecks.malformed("the body is empty: a transaction is wanted");
        }
        if (request.raw() != null) {
            return ofRaw(request, request.raw());
        }
        try {
            return new TransferBody(
                            networkId(required("networkId", request.networkId())),
                            RequestChecks.account(required("sender", request.sender()), addressPrefix),
                            RequestChecks.inRange("nonce", required("nonce", request.nonce()), 0, Long.MAX_VALUE),
                            RequestChecks.account(required("recipient", request.recipient()), addressPrefix),
                            amount(required("amount", request.amount())),
                            fee(Objects.requireNonNullElse(request.fee(), 0L)),
                            RequestChecks.inRange(
                                    "validUntil",
                                    Objects.requireNonNullElse(request.validUntil(), 0L),
                                    0,
                                    Long.MAX_VALUE),
                            Objects.requireNonNullElse(request.memo(), ""))
                    .withSignature(signature(required("signature", request.signature())));
        } catch (MalformedException e) {
            throw new ProblemException(e.rejection());
        }
    }

    private static Transaction ofRaw(TransactionRequest request, String raw) {
        boolean alone = Stream.of(
                        request.networkId(),
                        request.sender(),
                        request.nonce(),
                        request.recipient(),
                        request.amount(),
                        request.fee(),
                        request.validUntil(),
                        request.memo(),
                        request.signature())
                .allMatch(Objects::isNull);
        if (!alone) {
            throw RequestChecks.malformed("`raw` holds the whole transaction: no other field may stand beside it");
        }
        try {
            return ofBytes(HexFormat.of().parseHex(raw));
        } catch (IllegalArgumentException e) {
            throw RequestChecks.malformed("`raw` must be the canonical bytes in hexadecimal digits");
        }
    }

    private static <T> T required(String name, @Nullable T value) {
        if (value == null) {
            throw RequestChecks.malformed("the field `" + name + "` is missing");
        }
        return value;
    }

    private static int networkId(String text) {
        try {
            if (text.length() == NETWORK_ID_DIGITS) {
                return HexFormat.fromHexDigits(text);
            }
        } catch (IllegalArgumentException e) {
            // Answered below, like a wrong length.
        }
        throw RequestChecks.malformed("`networkId` must be eight hexadecimal digits, as GET /status shows them");
    }

    private static Amount amount(long mon) {
        if (mon < 1) {
            throw new ProblemException(
                    RejectionReason.AMOUNT_NOT_POSITIVE, "the amount must be at least 1 mon, not " + mon);
        }
        return Amount.ofMon(mon);
    }

    private static Amount fee(long mon) {
        if (mon < 0) {
            throw new ProblemException(
                    RejectionReason.AMOUNT_OUT_OF_RANGE, "the fee must not be negative, as " + mon + " is");
        }
        return Amount.ofMon(mon);
    }

    private static Signature signature(String text) {
        try {
            return Signature.fromHex(text);
        } catch (IllegalArgumentException e) {
            throw RequestChecks.malformed("`signature` must be 128 hexadecimal digits");
        }
    }
}
