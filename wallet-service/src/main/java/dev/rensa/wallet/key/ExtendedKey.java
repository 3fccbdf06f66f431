package dev.rensa.wallet.key;

import dev.rensa.protocol.crypto.PrivateKey;
import fr.acinq.secp256k1.Secp256k1;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A private key of BIP-32 with its chain code. It stays out of {@link #toString()}; {@link #close()} wipes it.
 *
 * <p>Additions modulo the group order and multiplications are libsecp256k1's, HMAC-SHA512 is the JDK's.
 */
final class ExtendedKey implements AutoCloseable {

    /** Bit of a child number that marks a hardened derivation. */
    static final int HARDENED = 0x80000000;

    private static final int KEY_LENGTH = 32;
    private static final byte[] MASTER_HMAC_KEY = "Bitcoin seed".getBytes(StandardCharsets.US_ASCII);

    private final byte[] key;
    private final byte[] chainCode;

    private ExtendedKey(byte[] key, byte[] chainCode) {
        this.key = key;
        this.chainCode = chainCode;
    }

    /**
     * The master key of a seed.
     *
     * @throws IllegalArgumentException if the seed leads to no valid key, of which the odds are below one in 2¹²⁷
     */
    static ExtendedKey ofSeed(byte[] seed) {
        byte[] digest = hmac(MASTER_HMAC_KEY, seed);
        byte[] key = Arrays.copyOf(digest, KEY_LENGTH);
        byte[] chainCode = Arrays.copyOfRange(digest, KEY_LENGTH, digest.length);
        Arrays.fill(digest, (byte) 0);
        if (!Secp256k1.get().secKeyVerify(key)) {
            throw new IllegalArgumentException("this seed leads to no valid key: take another mnemonic");
        }
        return new ExtendedKey(key, chainCode);
    }

    /** BIP-32's CKDpriv along a path of child numbers, hardened ones with {@link #HARDENED}. */
    ExtendedKey derive(int... path) {
        ExtendedKey current = new ExtendedKey(key.clone(), chainCode.clone());
        for (int number : path) {
            try (ExtendedKey parent = current) {
                current = parent.child(number);
            }
        }
        return current;
    }

    /** A copy of this key for signing. */
    PrivateKey privateKey() {
        return PrivateKey.of(key);
    }

    byte[] chainCode() {
        return chainCode.clone();
    }

    @Override
    public void close() {
        Arrays.fill(key, (byte) 0);
        Arrays.fill(chainCode, (byte) 0);
    }

    @Override
    public String toString() {
        return "ExtendedKey[hidden]";
    }

    private ExtendedKey child(int number) {
        ByteBuffer data = ByteBuffer.allocate(1 + KEY_LENGTH + Integer.BYTES);
        if ((number & HARDENED) != 0) {
            data.put((byte) 0).put(key);
        } else {
            data.put(Secp256k1.get().pubKeyCompress(Secp256k1.get().pubkeyCreate(key)));
        }
        data.putInt(number);
        byte[] digest = hmac(chainCode, data.array());
        byte[] tweak = Arrays.copyOf(digest, KEY_LENGTH);
        byte[] childChainCode = Arrays.copyOfRange(digest, KEY_LENGTH, digest.length);
        try {
            return new ExtendedKey(Secp256k1.get().privKeyTweakAdd(key.clone(), tweak), childChainCode);
        } finally {
            Arrays.fill(data.array(), (byte) 0);
            Arrays.fill(digest, (byte) 0);
            Arrays.fill(tweak, (byte) 0);
        }
    }

    private static byte[] hmac(byte[] hmacKey, byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA512");
            mac.init(new SecretKeySpec(hmacKey, "HmacSHA512"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK provides HMAC-SHA512", e);
        }
    }
}
