package dev.rensa.explorer.observe;

import dev.rensa.explorer.observe.NodeView.Report;
import dev.rensa.protocol.address.Address;
import dev.rensa.protocol.api.StatusView;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.work.Work;
import java.math.BigInteger;

/** Checks the form of what nodes say, so that nothing behind it meets a malformed hash. */
public final class ReportReader {

    /** Decimal digits of 2^256 − 1; longer work is refused before it costs time to read. */
    private static final int MAX_WORK_DIGITS = 78;

    /** Names are shown, told and kept; a node's own are shorter. */
    private static final int MAX_NAME_CHARACTERS = 200;

    private ReportReader() {}

    /** A status with its hashes, key, prefix and work read. */
    static Report read(StatusView status) throws NodeTroubleException {
        try {
            Address _ = new Address(status.addressPrefix(), PublicKey.fromHex(status.nodeKey()));
            if (status.height() < 0 || status.coinSymbol() == null || status.name() == null) {
                throw new IllegalArgumentException("a field is absent or negative");
            }
            if (status.name().length() > MAX_NAME_CHARACTERS
                    || status.name().chars().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException(
                        "its name has more than " + MAX_NAME_CHARACTERS + " characters, or some that nobody can see");
            }
            if (status.sync() == null || status.mining() == null) {
                throw new IllegalArgumentException("its sync or mining state is absent");
            }
            Head head = new Head(
                    BlockHash.fromHex(status.tip()), status.height(), work(status.work()), status.tipTimestampMillis());
            return new Report(status, BlockHash.fromHex(status.networkHash()), head);
        } catch (IllegalArgumentException | NullPointerException e) {
            throw new NodeTroubleException("its status is malformed: " + e.getMessage(), e);
        }
    }

    /**
     * Reads cumulative work.
     *
     * @throws IllegalArgumentException if it is not a decimal number of at most 256 bits
     */
    public static Work work(String decimal) {
        if (decimal.length() > MAX_WORK_DIGITS) {
            throw new IllegalArgumentException("work has at most " + MAX_WORK_DIGITS + " digits");
        }
        return new Work(new BigInteger(decimal));
    }
}
