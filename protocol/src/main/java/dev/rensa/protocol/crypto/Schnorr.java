package dev.rensa.protocol.crypto;

import fr.acinq.secp256k1.Secp256k1;
import fr.acinq.secp256k1.Secp256k1Exception;
import java.util.Arrays;

/**
 * BIP-340 Schnorr signatures over secp256k1, by libsecp256k1. Messages are 32 bytes: the library's binding takes no other
 * length, and everything that the protocol signs is a hash.
 */
public final class Schnorr {

    /** Length of a message in bytes. */
    public static final int MESSAGE_LENGTH = 32;

    private static final Secp256k1 LIBRARY = Secp256k1.get();

    private Schnorr() {}

    /**
     * Whether the signature is valid. Keys that are not on the curve and numbers that are out of range may come from
     * anybody and make the signature invalid, nothing more.
     *
     * @throws IllegalArgumentException if the message is not 32 bytes long, which is the caller's mistake
     */
    public static boolean verify(PublicKey key, byte[] message32, Signature signature) {
        requireLength("message", message32);
        try {
            return LIBRARY.verifySchnorr(signature.uncopied(), message32, key.toBytes());
        } catch (Secp256k1Exception e) {
            // With all three lengths right, the library complains of one thing only: a key that is not on the curve.
            return false;
        }
    }

    /**
     * Signs 32 bytes. The result depends on all three arguments alone; BIP-340 advises fresh randomness for every
     * signature, as a guard against side channels, and stays safe without it.
     *
     * @throws IllegalArgumentException if the message or the randomness is not 32 bytes long
     * @throws IllegalStateException if the key was destroyed
     */
    public static Signature sign(PrivateKey key, byte[] message32, byte[] auxiliaryRandomness32) {
        requireLength("message", message32);
        requireLength("auxiliary randomness", auxiliaryRandomness32);
        byte[] secret = key.toBytes();
        try {
            return Signature.of(LIBRARY.signSchnorr(message32, secret, auxiliaryRandomness32));
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private static void requireLength(String name, byte[] bytes) {
        if (bytes.length != MESSAGE_LENGTH) {
            throw new IllegalArgumentException("expected a " + name + " of 32 bytes, got " + bytes.length);
        }
    }
}
