package dev.rensa.explorer.api;

import dev.rensa.protocol.address.Address;
import dev.rensa.protocol.address.InvalidAddressException;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.crypto.TransactionId;
import java.util.regex.Pattern;

/** Reads what callers write; what cannot be read is refused with a sentence that says what is expected. */
final class Inputs {

    /** Heights of up to 18 digits fit a long; at a block a second that lasts 30 billion years. */
    private static final Pattern HEIGHT = Pattern.compile("[0-9]{1,18}");

    private static final Pattern HASH = Pattern.compile("[0-9a-fA-F]{64}");

    /** Longest piece of a wrong input that is repeated in its refusal. */
    private static final int MAX_QUOTED = 80;

    private Inputs() {}

    static long height(String text) {
        if (!HEIGHT.matcher(text).matches()) {
            throw ProblemException.badRequest(
                    "invalid-height", quote(text) + " is not a height: that is a whole number from 0 on.");
        }
        return Long.parseLong(text);
    }

    static int position(String text) {
        if (text.length() > 9 || !HEIGHT.matcher(text).matches()) {
            throw ProblemException.badRequest(
                    "invalid-position",
                    quote(text) + " is not a position in a block: that is a whole number from 0 on.");
        }
        return Integer.parseInt(text);
    }

    static int inRange(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw ProblemException.badRequest(
                    "out-of-range", name + " is " + least + " to " + most + ", not " + value + ".");
        }
        return value;
    }

    static BlockHash blockHash(String text) {
        return BlockHash.fromHex(hash(text, "block hash"));
    }

    static TransactionId transactionId(String text) {
        return TransactionId.fromHex(hash(text, "transaction id"));
    }

    static PublicKey account(String text, String addressPrefix) {
        try {
            return Address.parse(text, addressPrefix).key();
        } catch (InvalidAddressException e) {
            throw ProblemException.badRequest(
                    "invalid-address", quote(text) + " is not an address: " + e.getMessage() + ".");
        }
    }

    private static String hash(String text, String what) {
        if (!HASH.matcher(text).matches()) {
            throw ProblemException.badRequest(
                    "invalid-hash",
                    quote(text) + " is not a " + what + ": that has 64 hexadecimal digits, this has " + text.length()
                            + " characters.");
        }
        return text;
    }

    private static String quote(String text) {
        return "`" + (text.length() <= MAX_QUOTED ? text : text.substring(0, MAX_QUOTED) + "…") + "`";
    }
}
