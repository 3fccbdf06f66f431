package dev.rensa.protocol.address;

import java.util.Arrays;
import java.util.Locale;

/**
 * The text encoding of BIP-350, with the rules that it takes over from BIP-173: a readable prefix, the separator
 * {@code 1}, symbols of five bits each, and a checksum of six symbols that finds any four mistyped ones.
 *
 * <p>Reading goes in two steps, {@link #split} and {@link #symbols()}, so that a caller can complain of a foreign prefix
 * before it complains of the checksum.
 */
final class Bech32m {

    /** Longest text, in characters, for which the checksum keeps its promise. */
    static final int MAX_LENGTH = 90;

    /** Characters of the checksum. */
    static final int CHECKSUM_LENGTH = 6;

    private static final String CHARSET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private static final char SEPARATOR = '1';
    private static final int CHECKSUM_CONSTANT = 0x2bc830a3;
    private static final int[] GENERATOR = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};
    private static final byte NOT_A_SYMBOL = -1;
    private static final byte[] SYMBOL_BY_CHARACTER = symbolByCharacter();

    private final String text;
    private final String prefix;

    private Bech32m(String text, String prefix) {
        this.text = text;
        this.prefix = prefix;
    }

    /**
     * Writes symbols of five bits each behind a prefix.
     *
     * @throws IllegalArgumentException if prefix, symbols or the length of the text break the rules of BIP-173
     */
    static String encode(String prefix, byte[] symbols) {
        requirePrefix(prefix);
        int length = prefix.length() + 1 + symbols.length + CHECKSUM_LENGTH;
        if (length > MAX_LENGTH) {
            throw new IllegalArgumentException("the text would have " + length + " characters, at most 90 are allowed");
        }
        StringBuilder text = new StringBuilder(length).append(prefix).append(SEPARATOR);
        for (byte symbol : symbols) {
            text.append(CHARSET.charAt(symbol));
        }
        int checksum = checksum(prefix, symbols, symbols.length);
        for (int i = CHECKSUM_LENGTH - 1; i >= 0; i--) {
            text.append(CHARSET.charAt((checksum >>> (5 * i)) & 31));
        }
        return text.toString();
    }

    /** Checks that a prefix has 1 to 83 printable ASCII characters, none of them an upper-case letter. */
    static void requirePrefix(String prefix) {
        if (prefix.isEmpty() || prefix.length() > MAX_LENGTH - 1 - CHECKSUM_LENGTH) {
            throw new IllegalArgumentException("an address prefix has 1 to 83 characters, got " + prefix.length());
        }
        for (int i = 0; i < prefix.length(); i++) {
            char character = prefix.charAt(i);
            if (!isPrintable(character) || isUpperCase(character)) {
                throw new IllegalArgumentException("an address prefix consists of printable ASCII characters in lower"
                        + " case; character " + (i + 1) + " is " + quote(character));
            }
        }
    }

    /**
     * Finds the prefix and checks what can be checked before it is known to be ours: length, characters, one case only.
     *
     * @throws InvalidAddressException if one of them is wrong
     */
    static Bech32m split(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new InvalidAddressException(
                    "the text has " + text.length() + " characters; an address has at most " + MAX_LENGTH);
        }
        requireOneCase(text);
        // Only the prefix may contain the separator's character, so the last one separates.
        int separator = text.lastIndexOf(SEPARATOR);
        if (separator < 0) {
            throw new InvalidAddressException("the text has no separator `1` behind a network's prefix");
        }
        if (separator == 0) {
            throw new InvalidAddressException("the text has no prefix before the separator `1`");
        }
        String lowerCase = text.toLowerCase(Locale.ROOT);
        return new Bech32m(lowerCase, lowerCase.substring(0, separator));
    }

    /** What stands before the separator, in lower case. */
    String prefix() {
        return prefix;
    }

    /**
     * The symbols between separator and checksum, five bits each.
     *
     * @throws InvalidAddressException if a character is no symbol, or the checksum does not match
     */
    byte[] symbols() {
        int start = prefix.length() + 1;
        byte[] symbols = new byte[text.length() - start];
        for (int i = 0; i < symbols.length; i++) {
            symbols[i] = SYMBOL_BY_CHARACTER[text.charAt(start + i)];
            if (symbols[i] == NOT_A_SYMBOL) {
                throw notASymbol(text, start + i);
            }
        }
        int length = symbols.length - CHECKSUM_LENGTH;
        if (length < 0) {
            throw new InvalidAddressException("the text is too short to hold a checksum");
        }
        int expected = checksum(prefix, symbols, length);
        for (int i = 0; i < CHECKSUM_LENGTH; i++) {
            if (symbols[length + i] != ((expected >>> (5 * (CHECKSUM_LENGTH - 1 - i))) & 31)) {
                throw new InvalidAddressException("the checksum does not match; a character is mistyped");
            }
        }
        return Arrays.copyOf(symbols, length);
    }

    /** The complaint about a character behind the prefix that stands for nothing; positions are counted from 1. */
    static InvalidAddressException notASymbol(String text, int index) {
        return new InvalidAddressException("character " + (index + 1) + " is " + quote(text.charAt(index))
                + ", which no address contains behind its prefix");
    }

    private static void requireOneCase(String text) {
        boolean lower = false;
        boolean upper = false;
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (!isPrintable(character)) {
                throw new InvalidAddressException(
                        "character " + (i + 1) + " is " + quote(character) + ", which no address contains");
            }
            lower |= character >= 'a' && character <= 'z';
            upper |= isUpperCase(character);
        }
        if (lower && upper) {
            throw new InvalidAddressException(
                    "the text mixes upper and lower case; an address is written in one of them");
        }
    }

    /** The thirty bits that follow the given symbols: the remainder of BIP-173's polynomial, with BIP-350's constant. */
    private static int checksum(String prefix, byte[] symbols, int length) {
        int remainder = 1;
        for (int i = 0; i < prefix.length(); i++) {
            remainder = step(remainder, prefix.charAt(i) >>> 5);
        }
        remainder = step(remainder, 0);
        for (int i = 0; i < prefix.length(); i++) {
            remainder = step(remainder, prefix.charAt(i) & 31);
        }
        for (int i = 0; i < length; i++) {
            remainder = step(remainder, symbols[i]);
        }
        for (int i = 0; i < CHECKSUM_LENGTH; i++) {
            remainder = step(remainder, 0);
        }
        return remainder ^ CHECKSUM_CONSTANT;
    }

    private static int step(int remainder, int symbol) {
        int top = remainder >>> 25;
        int next = ((remainder & 0x1ffffff) << 5) ^ symbol;
        for (int i = 0; i < GENERATOR.length; i++) {
            if (((top >>> i) & 1) != 0) {
                next ^= GENERATOR[i];
            }
        }
        return next;
    }

    private static boolean isPrintable(char character) {
        return character >= 33 && character <= 126;
    }

    private static boolean isUpperCase(char character) {
        return character >= 'A' && character <= 'Z';
    }

    /** Quotes what can be seen and names the rest, so that a pasted space or control character cannot hide. */
    private static String quote(char character) {
        return isPrintable(character) ? "`" + character + "`" : String.format(Locale.ROOT, "U+%04X", (int) character);
    }

    private static byte[] symbolByCharacter() {
        byte[] symbols = new byte[128];
        Arrays.fill(symbols, NOT_A_SYMBOL);
        for (byte i = 0; i < CHARSET.length(); i++) {
            symbols[CHARSET.charAt(i)] = i;
        }
        return symbols;
    }
}
