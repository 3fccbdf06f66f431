package dev.rensa.wallet.key;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * All that a wallet's keys follow from: a mnemonic and BIP-39's optional passphrase. It stays out of {@link #toString()};
 * {@link #close()} wipes it.
 *
 * <pre>u8 length of the entropy | entropy | passphrase in UTF-8</pre>
 */
public final class WalletSecret implements AutoCloseable {

    /** Longest passphrase in characters. */
    public static final int MAX_PASSPHRASE_LENGTH = 256;

    private final Mnemonic mnemonic;
    private final char[] passphrase;

    /** Takes the mnemonic over, and copies the passphrase, which is empty where there is none. */
    public WalletSecret(Mnemonic mnemonic, char[] passphrase) {
        if (passphrase.length > MAX_PASSPHRASE_LENGTH) {
            throw new InvalidMnemonicException(
                    "a mnemonic's passphrase has at most " + MAX_PASSPHRASE_LENGTH + " characters");
        }
        this.mnemonic = mnemonic;
        this.passphrase = passphrase.clone();
    }

    /** Reads what {@link #toBytes()} wrote; the caller wipes the bytes. */
    static WalletSecret ofBytes(byte[] bytes) {
        int length = bytes[0];
        CharBuffer text = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes, 1 + length, bytes.length - 1 - length));
        char[] passphrase = new char[text.remaining()];
        text.get(passphrase);
        byte[] entropy = Arrays.copyOfRange(bytes, 1, 1 + length);
        try {
            return new WalletSecret(Mnemonic.ofEntropy(entropy), passphrase);
        } finally {
            Arrays.fill(entropy, (byte) 0);
            Arrays.fill(passphrase, '\0');
            text.rewind().put(new char[passphrase.length]);
        }
    }

    /** What is sealed; the caller wipes it. */
    byte[] toBytes() {
        byte[] entropy = mnemonic.toEntropy();
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(passphrase));
        int length = encoded.remaining();
        byte[] bytes = new byte[1 + entropy.length + length];
        bytes[0] = (byte) entropy.length;
        System.arraycopy(entropy, 0, bytes, 1, entropy.length);
        encoded.get(bytes, 1 + entropy.length, length);
        encoded.rewind().put(new byte[length]);
        Arrays.fill(entropy, (byte) 0);
        return bytes;
    }

    /** The seed of BIP-39, 64 bytes, which the caller wipes. */
    byte[] toSeed() {
        return mnemonic.toSeed(new String(passphrase));
    }

    @Override
    public void close() {
        mnemonic.close();
        Arrays.fill(passphrase, '\0');
    }

    @Override
    public String toString() {
        return "WalletSecret[hidden]";
    }
}
