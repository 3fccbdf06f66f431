package dev.rensa.explorer.web;

import dev.rensa.protocol.money.Amount;
import io.quarkus.qute.TemplateExtension;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Numbers, times and hashes as people read them; usable in templates as if they were properties. */
@TemplateExtension
final class Formats {

    private static final DateTimeFormatter READABLE = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final int SHORT_HEAD = 8;
    private static final int SHORT_TAIL = 6;

    private Formats() {}

    /** Mon as coins: {@code 1234567.5}, with separators between thousands. */
    static String coins(long mon) {
        return coins(BigInteger.valueOf(mon));
    }

    /** The same for a sum of a long life. */
    static String coins(BigInteger mon) {
        BigDecimal coins = new BigDecimal(mon, Amount.COIN_DECIMALS).stripTrailingZeros();
        int decimals = Math.max(0, coins.scale());
        return String.format(Locale.ROOT, "%,." + decimals + "f", coins);
    }

    /** A whole number with separators between thousands. */
    static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** The same for a number of fewer bits: an extension method is found by the exact type. */
    static String grouped(int number) {
        return grouped((long) number);
    }

    /** A decimal number of any length, rounded to three figures with a power of ten where it is long. */
    static String rough(String decimal) {
        return decimal.length() <= 7
                ? grouped(Long.parseLong(decimal))
                : String.format(Locale.ROOT, "%.2e", new BigDecimal(decimal));
    }

    /** The beginning and the end of a hash or an address. */
    static String shortened(String text) {
        return text.length() <= SHORT_HEAD + SHORT_TAIL + 1
                ? text
                : text.substring(0, SHORT_HEAD) + "…" + text.substring(text.length() - SHORT_TAIL);
    }

    /** For machines: ISO 8601. */
    static String iso(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }

    /** For people: date and time in UTC. */
    static String readable(long millis) {
        return READABLE.format(Instant.ofEpochMilli(millis));
    }

    /** One decimal place. */
    static String oneDecimal(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
