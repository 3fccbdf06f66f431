package dev.rensa.explorer.api;

import dev.rensa.protocol.crypto.PublicKey;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The keys whose addresses begin with a text: behind prefix and version, each character of an address is five bits of the
 * key (BIP-173).
 *
 * @param lowest the first of these keys
 * @param highest the last of them
 */
record AddressPrefix(PublicKey lowest, PublicKey highest) {

    /** Characters of the key that must be given: 20 bits find a handful among a million accounts. */
    private static final int LEAST_CHARACTERS = 4;

    /** Characters that the key has in an address; what is behind them is the checksum. */
    private static final int KEY_CHARACTERS = 52;

    private static final int BITS = 5;

    /** BIP-173's, by value. */
    private static final String ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

    /** Reads the beginning of an address of a network; empty if the text is none, or too short to mean something. */
    static Optional<AddressPrefix> parse(String text, String network) {
        String lower = text.toLowerCase(Locale.ROOT);
        String head = network + "1p";
        if (!lower.startsWith(head) || lower.length() < head.length() + LEAST_CHARACTERS) {
            return Optional.empty();
        }
        byte[] lowest = new byte[PublicKey.LENGTH];
        byte[] highest = new byte[PublicKey.LENGTH];
        Arrays.fill(highest, (byte) 0xff);
        int characters = Math.min(lower.length() - head.length(), KEY_CHARACTERS);
        for (int i = 0; i < characters; i++) {
            int value = ALPHABET.indexOf(lower.charAt(head.length() + i));
            if (value < 0) {
                return Optional.empty();
            }
            for (int bit = 0; bit < BITS; bit++) {
                int at = i * BITS + bit;
                if (at < PublicKey.LENGTH * Byte.SIZE) {
                    boolean one = (value >> (BITS - 1 - bit) & 1) == 1;
                    set(lowest, at, one);
                    set(highest, at, one);
                }
            }
        }
        return Optional.of(new AddressPrefix(PublicKey.of(lowest), PublicKey.of(highest)));
    }

    private static void set(byte[] key, int bit, boolean one) {
        int mask = 0x80 >> (bit % Byte.SIZE);
        int index = bit / Byte.SIZE;
        key[index] = (byte) (one ? key[index] | mask : key[index] & ~mask);
    }
}
