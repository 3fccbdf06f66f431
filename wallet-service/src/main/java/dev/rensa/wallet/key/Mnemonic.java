package dev.rensa.wallet.key;

import dev.rensa.protocol.crypto.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Entropy that people can write down: BIP-39 in English. It stays out of {@link #toString()}; {@link #close()} wipes it.
 *
 * <p>The code is ours rather than bitcoinj's: it is these few lines over the JDK's SHA-256 and PBKDF2, checked with the
 * official vectors, where the library would bring Guava, protobuf and a Bitcoin client, and keeps secrets in strings.
 */
public final class Mnemonic implements AutoCloseable {

    /** Longest text that is looked at, in characters: 24 words of eight letters need 215. */
    public static final int MAX_TEXT_LENGTH = 1024;

    private static final int BITS_PER_WORD = 11;
    private static final int SEED_BITS = 512;
    private static final int PBKDF2_ROUNDS = 2048;
    private static final List<Integer> FRESH_WORD_COUNTS = List.of(12, 24);
    private static final List<Integer> WORD_COUNTS = List.of(12, 15, 18, 21, 24);

    private final byte[] entropy;

    private Mnemonic(byte[] entropy) {
        this.entropy = entropy;
    }

    /**
     * A fresh one.
     *
     * @param words 12, which is 128 bits, or 24, which is 256
     */
    public static Mnemonic generate(SecureRandom random, int words) {
        if (!FRESH_WORD_COUNTS.contains(words)) {
            throw new InvalidMnemonicException("a fresh mnemonic has 12 or 24 words");
        }
        byte[] entropy = new byte[words * BITS_PER_WORD * 32 / 33 / 8];
        random.nextBytes(entropy);
        return new Mnemonic(entropy);
    }

    /**
     * Copies entropy.
     *
     * @throws IllegalArgumentException unless there are 16, 20, 24, 28 or 32 bytes
     */
    public static Mnemonic ofEntropy(byte[] entropy) {
        if (entropy.length < 16 || entropy.length > 32 || entropy.length % 4 != 0) {
            throw new IllegalArgumentException("BIP-39 takes 16 to 32 bytes of entropy, got " + entropy.length);
        }
        return new Mnemonic(entropy.clone());
    }

    /**
     * Reads words as people type them: any case, any white space.
     *
     * @throws InvalidMnemonicException if their number, a word or the checksum is wrong
     */
    public static Mnemonic parse(String text) {
        if (text.length() > MAX_TEXT_LENGTH) {
            throw new InvalidMnemonicException("a mnemonic has at most " + MAX_TEXT_LENGTH + " characters");
        }
        String[] words = text.strip().toLowerCase(Locale.ROOT).split("\\s+");
        if (!WORD_COUNTS.contains(words.length)) {
            throw new InvalidMnemonicException(
                    "a mnemonic has 12, 15, 18, 21 or 24 words, this one has " + (text.isBlank() ? 0 : words.length));
        }
        byte[] bits = pack(words);
        try {
            return ofBits(bits, words.length);
        } finally {
            Arrays.fill(bits, (byte) 0);
        }
    }

    private static Mnemonic ofBits(byte[] bits, int words) {
        int entropyBytes = words * BITS_PER_WORD * 32 / 33 / 8;
        byte[] entropy = Arrays.copyOf(bits, entropyBytes);
        int checksumBits = entropyBytes / 4;
        int shift = 8 - checksumBits;
        if ((bits[entropyBytes] & 0xff) >>> shift != checksum(entropy) >>> shift) {
            Arrays.fill(entropy, (byte) 0);
            throw new InvalidMnemonicException(
                    "the checksum of this mnemonic does not hold: a word is wrong or two have changed places");
        }
        return new Mnemonic(entropy);
    }

    /** The words, separated by single spaces. A secret: show it once, never log it. */
    public String words() {
        byte[] bits = Arrays.copyOf(entropy, entropy.length + 1);
        bits[entropy.length] = (byte) checksum(entropy);
        int count = entropy.length * 8 * 33 / 32 / BITS_PER_WORD;
        StringBuilder text = new StringBuilder(count * 9);
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : " ").append(WordList.word(readWord(bits, i)));
        }
        Arrays.fill(bits, (byte) 0);
        return text.toString();
    }

    /** The 64-byte seed that BIP-32 begins with: PBKDF2 with HMAC-SHA512. The caller wipes it. */
    public byte[] toSeed(String passphrase) {
        char[] sentence = words().toCharArray();
        byte[] salt =
                ("mnemonic" + Normalizer.normalize(passphrase, Normalizer.Form.NFKD)).getBytes(StandardCharsets.UTF_8);
        PBEKeySpec spec = new PBEKeySpec(sentence, salt, PBKDF2_ROUNDS, SEED_BITS);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK provides PBKDF2 with HMAC-SHA512", e);
        } finally {
            spec.clearPassword();
            Arrays.fill(sentence, '\0');
        }
    }

    /** A copy of the entropy, which the caller wipes. */
    public byte[] toEntropy() {
        return entropy.clone();
    }

    @Override
    public void close() {
        Arrays.fill(entropy, (byte) 0);
    }

    @Override
    public String toString() {
        return "Mnemonic[hidden]";
    }

    private static byte[] pack(String[] words) {
        byte[] bits = new byte[(words.length * BITS_PER_WORD + 7) / 8];
        for (int i = 0; i < words.length; i++) {
            int index = WordList.indexOf(words[i]);
            if (index < 0) {
                throw new InvalidMnemonicException("word " + (i + 1) + " is not in BIP-39's English list");
            }
            for (int bit = 0; bit < BITS_PER_WORD; bit++) {
                if ((index >>> (BITS_PER_WORD - 1 - bit) & 1) == 1) {
                    int position = i * BITS_PER_WORD + bit;
                    bits[position / 8] |= (byte) (0x80 >>> (position % 8));
                }
            }
        }
        return bits;
    }

    private static int readWord(byte[] bits, int word) {
        int index = 0;
        for (int position = word * BITS_PER_WORD; position < (word + 1) * BITS_PER_WORD; position++) {
            index = index << 1 | (bits[position / 8] >>> (7 - position % 8) & 1);
        }
        return index;
    }

    /** First byte of the entropy's hash, of which one bit for every 32 bits of entropy counts. */
    private static int checksum(byte[] entropy) {
        return Sha256.hash(entropy)[0] & 0xff;
    }
}
