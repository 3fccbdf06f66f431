package dev.rensa.wallet.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rensa.protocol.address.Address;
import dev.rensa.protocol.address.InvalidAddressException;
import dev.rensa.protocol.codec.MalformedException;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.crypto.Sha256;
import dev.rensa.protocol.money.Amount;
import dev.rensa.protocol.transaction.Memo;
import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.protocol.verdict.RejectionReason;
import dev.rensa.wallet.node.Network;
import dev.rensa.wallet.transfer.Order;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Reads fields, and says of a wrong one what is wrong with it. */
final class RequestReader {

    private static final int MAX_KEY_LENGTH = 255;

    /** Longest decimal text that is looked at: 2⁶³ − 1 mon takes 20 characters. */
    private static final int MAX_COINS_LENGTH = 40;

    private RequestReader() {}

    /** The body, which must be there. */
    static <T> T body(@Nullable T body) {
        if (body == null) {
            throw ApiProblem.malformed("the body is empty: send a JSON object");
        }
        return body;
    }

    /**
     * What is to be paid.
     *
     * @param advice the fee by urgency and size of the transaction in bytes
     * @param lastHeight last height at which it may be mined, when the request does not tell
     */
    static Order order(Requests.NewTransfer request, Network network, FeeAdvice advice, LongSupplier lastHeight) {
        String memo = memo(request.memo());
        Amount fee = fee(request, network, advice, memo);
        Amount amount = amount(request.amount(), request.coins());
        requireSum(amount, fee);
        return new Order(
                address(request.recipient(), "recipient", network.addressPrefix()),
                amount,
                fee,
                isGiven(request.validUntil()) ? integer(request.validUntil(), "validUntil", 0) : lastHeight.getAsLong(),
                memo);
    }

    /** Tells a fee. */
    interface FeeAdvice {
        Amount of(@Nullable String urgency, int bytes);
    }

    /** The fee of a replacement, in mon. */
    static Amount fee(Requests.NewFee request) {
        if (!isGiven(request.fee())) {
            throw ApiProblem.malformed("the field `fee` is missing: give the new fee in mon");
        }
        return Amount.ofMon(integer(request.fee(), "fee", 0));
    }

    private static Amount fee(Requests.NewTransfer request, Network network, FeeAdvice advice, String memo) {
        if (!isGiven(request.fee())) {
            return advice.of(request.urgency(), Transaction.MIN_BYTES + memo.getBytes(StandardCharsets.UTF_8).length);
        }
        if (request.urgency() != null) {
            throw ApiProblem.malformed("give either `fee` or `urgency`, not both");
        }
        Amount fee = Amount.ofMon(integer(request.fee(), "fee", 0));
        if (fee.isLessThan(network.minimumFee())) {
            throw new ApiProblem(
                    422,
                    RejectionReason.FEE_BELOW_MINIMUM.code(),
                    "the fee of " + fee + " is below this network's minimum of " + network.minimumFee());
        }
        return fee;
    }

    static boolean isGiven(@Nullable JsonNode node) {
        return node != null && !node.isNull();
    }

    /** Exactly one of an integer of mon and a decimal text of coins, above zero. */
    static Amount amount(@Nullable JsonNode mon, @Nullable JsonNode coins) {
        boolean hasMon = mon != null && !mon.isNull();
        boolean hasCoins = coins != null && !coins.isNull();
        if (hasMon == hasCoins) {
            throw ApiProblem.malformed(
                    hasMon
                            ? "give either `amount` (an integer of mon) or `coins` (a decimal text), not both"
                            : "give `amount` (an integer of mon) or `coins` (a decimal text such as \"1.5\")");
        }
        long value = mon != null && hasMon ? integer(mon, "amount", Long.MIN_VALUE) : coins(coins);
        if (value <= 0) {
            throw new ApiProblem(
                    400,
                    RejectionReason.AMOUNT_NOT_POSITIVE.code(),
                    "the amount must be at least 1 mon, got " + value + " mon");
        }
        return Amount.ofMon(value);
    }

    static PublicKey address(@Nullable String text, String field, String prefix) {
        if (text == null) {
            throw ApiProblem.malformed("the field `" + field + "` is missing: give an address");
        }
        try {
            return Address.parse(text.strip(), prefix).key();
        } catch (InvalidAddressException e) {
            throw new ApiProblem(
                    400, RejectionReason.INVALID_ADDRESS.code(), "`" + field + "` is not valid: " + e.getMessage());
        }
    }

    static int index(@Nullable JsonNode node) {
        long value = node == null || node.isNull() ? 0 : integer(node, "account", 0);
        if (value > Integer.MAX_VALUE) {
            throw ApiProblem.malformed("the field `account` is the index of an account of this wallet");
        }
        return (int) value;
    }

    /** A key of 1 to 255 visible ASCII characters, or none. */
    static @Nullable String idempotencyKey(@Nullable String key) {
        if (key == null) {
            return null;
        }
        boolean visible = key.chars().allMatch(character -> character > ' ' && character < 0x7f);
        if (key.isEmpty() || key.length() > MAX_KEY_LENGTH || !visible) {
            throw ApiProblem.malformed(
                    "an Idempotency-Key has 1 to " + MAX_KEY_LENGTH + " visible ASCII characters without spaces");
        }
        return key;
    }

    /** A name for people, without white space around it. */
    static String label(@Nullable String label, String field, int most) {
        String text = label == null ? "" : label.strip();
        if (text.isEmpty() || text.length() > most || text.chars().anyMatch(Character::isISOControl)) {
            throw ApiProblem.malformed("the field `" + field + "` is a name for people, in 1 to " + most
                    + " characters, none of them a control character");
        }
        return text;
    }

    /** A number in a query, between bounds. */
    static int parameter(@Nullable String text, String name, int fallback, int least, int most) {
        if (text == null) {
            return fallback;
        }
        try {
            int value = Integer.parseInt(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Told below, like a number out of bounds.
        }
        throw ApiProblem.malformed("the parameter `" + name + "` must be an integer from " + least + " to " + most);
    }

    /** Tells a repeated request from another one. Left-out fields count as left out, not as their defaults of today. */
    static String hash(int account, Requests.NewTransfer request, Order order) {
        String text = String.join(
                "|",
                Integer.toString(account),
                order.recipient().toHex(),
                Long.toString(order.amount().mon()),
                text(request.fee()),
                request.urgency() == null ? "-" : request.urgency(),
                text(request.validUntil()),
                order.memo());
        return HexFormat.of().formatHex(Sha256.hash(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String text(@Nullable JsonNode node) {
        return node == null || node.isNull() ? "-" : node.asText();
    }

    private static String memo(@Nullable String memo) {
        String text = memo == null ? "" : memo;
        if (PlainText.isForbidden(text)) {
            throw ApiProblem.malformed("the field `memo` " + PlainText.FORBIDDEN);
        }
        try {
            Memo.encode(text);
            return text;
        } catch (MalformedException e) {
            throw new ApiProblem(
                    400, e.rejection().reason().code(), e.rejection().detail());
        }
    }

    private static void requireSum(Amount amount, Amount fee) {
        if (amount.mon() > Long.MAX_VALUE - fee.mon()) {
            throw new ApiProblem(
                    400, RejectionReason.AMOUNT_OUT_OF_RANGE.code(), "amount and fee together are beyond 2^63 - 1 mon");
        }
    }

    private static long integer(@Nullable JsonNode node, String field, long least) {
        if (node == null) {
            throw ApiProblem.malformed("the field `" + field + "` is missing");
        }
        if (!node.isNumber()) {
            throw ApiProblem.malformed("the field `" + field + "` must be a JSON integer");
        }
        if (!node.isIntegralNumber()) {
            throw new ApiProblem(
                    400,
                    RejectionReason.AMOUNT_OUT_OF_RANGE.code(),
                    "the field `" + field + "` must be an integer, without a fraction or an exponent: a mon cannot be"
                            + " divided");
        }
        if (!node.canConvertToLong()) {
            throw new ApiProblem(
                    400, RejectionReason.AMOUNT_OUT_OF_RANGE.code(), "the field `" + field + "` is beyond 2^63 - 1");
        }
        if (node.longValue() < least) {
            throw new ApiProblem(
                    400,
                    RejectionReason.AMOUNT_OUT_OF_RANGE.code(),
                    "the field `" + field + "` must not be below " + least);
        }
        return node.longValue();
    }

    private static long coins(@Nullable JsonNode node) {
        String text = node != null && node.isTextual() ? node.textValue().strip() : "";
        if (!text.matches("-?[0-9]+(\\.[0-9]+)?") || text.length() > MAX_COINS_LENGTH) {
            throw ApiProblem.malformed("the field `coins` must be a decimal text such as \"1.5\"");
        }
        try {
            return new BigDecimal(text).movePointRight(Amount.COIN_DECIMALS).longValueExact();
        } catch (ArithmeticException e) {
            throw new ApiProblem(
                    400,
                    RejectionReason.AMOUNT_OUT_OF_RANGE.code(),
                    "`coins` has more than " + Amount.COIN_DECIMALS + " decimals or is beyond 2^63 - 1 mon");
        }
    }
}
