package dev.rensa.protocol.address;

import dev.rensa.protocol.crypto.PublicKey;

/**
 * An account in the form that people read and type: BIP-350 text of version 1 and a 32-byte BIP-340 key, behind the
 * network's prefix, such as {@code rns1p…}.
 *
 * @param prefix the network's, 1 to 30 printable ASCII characters without upper-case letters
 * @param key the account; that it lies on the curve is not checked
 */
public record Address(String prefix, PublicKey key) {

    /** Longest prefix in characters: with it an address has BIP-173's limit of 90. */
    public static final int MAX_PREFIX_LENGTH = 30;

    private static final byte VERSION = 1;

    /** 256 bits in symbols of five bits each, the last one padded with four zero bits. */
    private static final int KEY_SYMBOLS = 52;

    private static final int PADDING_BITS = 4;

    /**
     * Joins a prefix and a key.
     *
     * @throws IllegalArgumentException if the prefix is empty, too long, or holds other characters
     */
    public Address {
        Bech32m.requirePrefix(prefix);
        if (prefix.length() > MAX_PREFIX_LENGTH) {
            throw new IllegalArgumentException(
                    "an address prefix has at most " + MAX_PREFIX_LENGTH + " characters, got " + prefix.length());
        }
    }

    /**
     * Reads an address of the network with the given prefix. All lower and all upper case are both accepted, as BIP-173
     * demands.
     *
     * @throws InvalidAddressException if the text is anything else; its message says what is wrong
     */
    public static Address parse(String text, String expectedPrefix) {
        if (text.isEmpty()) {
            throw new InvalidAddressException("the address is empty");
        }
        Bech32m parts = Bech32m.split(text);
        requirePrefix(text, parts.prefix(), expectedPrefix);
        int expectedLength = expectedPrefix.length() + 1 + 1 + KEY_SYMBOLS + Bech32m.CHECKSUM_LENGTH;
        if (text.length() != expectedLength) {
            throw new InvalidAddressException(
                    "an address of this network has " + expectedLength + " characters, this text has " + text.length());
        }
        byte[] symbols = parts.symbols();
        if (symbols[0] != VERSION) {
            throw new InvalidAddressException(
                    "the address is of version " + symbols[0] + ", this network knows version " + VERSION + " only");
        }
        return new Address(expectedPrefix, PublicKey.of(toKey(symbols)));
    }

    /** The text in lower case. */
    @Override
    public String toString() {
        return Bech32m.encode(prefix, toSymbols(key.toBytes()));
    }

    private static void requirePrefix(String text, String prefix, String expectedPrefix) {
        if (prefix.equals(expectedPrefix)) {
            return;
        }
        if (prefix.startsWith(expectedPrefix + "1")) {
            // The prefix is right; a later symbol was mistyped as another `1` and was taken for the separator.
            throw Bech32m.notASymbol(text, prefix.length());
        }
        throw new InvalidAddressException("this address is of network `" + prefix
                + "`, this network's addresses begin with `" + expectedPrefix + "1p`");
    }

    private static byte[] toSymbols(byte[] key) {
        byte[] symbols = new byte[1 + KEY_SYMBOLS];
        symbols[0] = VERSION;
        int bits = 0;
        int bitCount = 0;
        int next = 1;
        for (byte octet : key) {
            bits = (bits << 8) | (octet & 0xff);
            bitCount += 8;
            while (bitCount >= 5) {
                bitCount -= 5;
                symbols[next++] = (byte) ((bits >>> bitCount) & 31);
            }
        }
        symbols[next] = (byte) ((bits << PADDING_BITS) & 31);
        return symbols;
    }

    private static byte[] toKey(byte[] symbols) {
        byte[] key = new byte[PublicKey.LENGTH];
        int bits = 0;
        int bitCount = 0;
        int next = 0;
        for (int i = 1; i < symbols.length; i++) {
            bits = (bits << 5) | symbols[i];
            bitCount += 5;
            if (bitCount >= 8) {
                bitCount -= 8;
                key[next++] = (byte) (bits >>> bitCount);
            }
        }
        if ((bits & ((1 << PADDING_BITS) - 1)) != 0) {
            // Otherwise sixteen texts would name one account.
            throw new InvalidAddressException("the last four bits before the checksum must be zero");
        }
        return key;
    }
}
