package dev.rensa.node.api;

import dev.rensa.protocol.address.Address;
import dev.rensa.protocol.address.InvalidAddressException;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.crypto.TransactionId;
import dev.rensa.protocol.verdict.RejectionReason;
import java.util.Objects;

/** Reads what stands in paths and queries; what does not fit becomes a sentence. */
final class RequestChecks {

    private RequestChecks() {}

    /**
     * Passes a number on that lies within its bounds.
     *
     * @throws ProblemException otherwise
     */
    static long inRange(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw malformed("`" + name + "` must be a number from " + least + " to " + most + ", not " + value);
        }
        return value;
    }

    /**
     * Reads a transaction's id.
     *
     * @throws ProblemException if it is not 64 hexadecimal digits
     */
    static TransactionId transactionId(String text) {
        try {
            return TransactionId.fromHex(text);
        } catch (IllegalArgumentException e) {
            throw malformed("a transaction id has 64 hexadecimal digits: " + e.getMessage());
        }
    }

    /**
     * Reads an address.
     *
     * @throws ProblemException with what is wrong with it
     */
    static PublicKey account(String address, String prefix) {
        try {
            return Address.parse(address, prefix).key();
        } catch (InvalidAddressException e) {
            throw new ProblemException(
                    RejectionReason.INVALID_ADDRESS, Objects.requireNonNullElse(e.getMessage(), "not an address"));
        }
    }

    static ProblemException malformed(String detail) {
        return new ProblemException(RejectionReason.MALFORMED_REQUEST, detail);
    }

    static ProblemException notFound(String detail) {
        return new ProblemException(RejectionReason.NOT_FOUND, detail);
    }
}
