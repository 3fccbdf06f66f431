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

    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** Characters of a name under a block or beside a line. */
    private static final int MAX_NAME = 14;

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

    /** Mon as coins for a machine: without separators. */
    static String coinsPlain(BigInteger mon) {
        return new BigDecimal(mon, Amount.COIN_DECIMALS).toPlainString();
    }

    /** Mon as coins, with the sign of what came or went. */
    static String signedCoins(long mon) {
        return (mon > 0 ? "+" : "") + coins(mon).replace('-', '−');
    }

    /** The same for a machine. */
    static String coinsPlain(long mon) {
        return coinsPlain(BigInteger.valueOf(mon));
    }

    /** A whole number with separators between thousands. */
    static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** The same for a number of fewer bits: an extension method is found by the exact type. */
    static String grouped(int number) {
        return grouped((long) number);
    }

    /** The same for a sum of any length. */
    static String grouped(BigInteger number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    static long plusOne(long number) {
        return number + 1;
    }

    static long minusOne(long number) {
        return number - 1;
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

    /** For people: the time of a day in UTC, to the millisecond. */
    static String clock(long millis) {
        return CLOCK.format(Instant.ofEpochMilli(millis));
    }

    /** A name as long as a drawing has room for. */
    static String cut(String name) {
        return name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME - 1) + "…";
    }

    /** For people: date and time in UTC. */
    static String readable(long millis) {
        return READABLE.format(Instant.ofEpochMilli(millis));
    }

    /** A time span in the unit that fits it: {@code 35 ms}, {@code 5.2 s}, {@code 3.5 min}, {@code 12.0 h}. */
    static String span(long millis) {
        if (Math.abs(millis) < 1_000) {
            return millis + " ms";
        }
        double seconds = millis / 1_000.0;
        if (Math.abs(seconds) < 120) {
            return oneDecimal(seconds) + " s";
        }
        return Math.abs(seconds) < 7_200 ? oneDecimal(seconds / 60) + " min" : oneDecimal(seconds / 3_600) + " h";
    }

    /** The same with its sign: how far a clock is ahead or behind. */
    static String signedSpan(long millis) {
        return (millis > 0 ? "+" : "") + span(millis).replace('-', '−');
    }

    /** Milliseconds as seconds, for a chart. */
    static double seconds(long millis) {
        return millis / 1_000.0;
    }

    /** A mark of a scale: {@code 10 ms}, {@code 1 s}, {@code 10 min}. */
    static String mark(long millis) {
        return span(millis).replace(".0 ", " ");
    }

    /** Bytes in the unit that fits them: {@code 812 B}, {@code 4.5 KiB}, {@code 1.2 MiB}. */
    static String sized(long bytes) {
        if (bytes < 1_024) {
            return bytes + " B";
        }
        return bytes < 1_048_576 ? oneDecimal(bytes / 1_024.0) + " KiB" : oneDecimal(bytes / 1_048_576.0) + " MiB";
    }

    /** The same for a number of fewer bits. */
    static String sized(int bytes) {
        return sized((long) bytes);
    }

    /** A share of 1 as a percentage, with as many places as small ones need. */
    static String percent(double share) {
        double percent = share * 100;
        return String.format(Locale.ROOT, percent > 0 && percent < 1 ? "%.2f %%" : "%.1f %%", percent);
    }

    /** A large number with a letter for its power: {@code 950}, {@code 12.3 k}, {@code 4.5 M}. */
    static String magnitude(double number) {
        if (number < 1_000) {
            return String.format(Locale.ROOT, number < 100 ? "%.1f" : "%.0f", number);
        }
        String letters = "kMGTPE";
        double rest = number / 1_000;
        int power = 0;
        while (rest >= 1_000 && power < letters.length() - 1) {
            rest /= 1_000;
            power++;
        }
        return String.format(Locale.ROOT, "%.1f ", rest) + letters.charAt(power);
    }

    /** One decimal place. */
    static String oneDecimal(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
