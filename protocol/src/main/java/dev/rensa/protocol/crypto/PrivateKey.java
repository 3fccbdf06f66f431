package dev.rensa.protocol.crypto;

import fr.acinq.secp256k1.Secp256k1;
import java.util.Arrays;
import javax.security.auth.Destroyable;

/**
 * A secret key of secp256k1: a number from 1 to the group order less one. It stays out of {@link #toString()}, is compared
 * by identity so that no comparison can leak it through time, and can be wiped. Safe for use by several threads.
 */
public final class PrivateKey implements Destroyable, AutoCloseable {

    /** Width in bytes. */
    public static final int LENGTH = 32;

    private final byte[] secret;
    private final PublicKey publicKey;

    /** Guarded by this object's lock, like the secret's bytes: a signer never sees a half wiped key. */
    private boolean destroyed;

    private PrivateKey(byte[] secret, PublicKey publicKey) {
        this.secret = secret;
        this.publicKey = publicKey;
    }

    /**
     * Copies a 32-byte big-endian number. The caller still owns, and should wipe, the array handed in.
     *
     * @throws IllegalArgumentException if there are more or fewer bytes, or the number is zero or not below the order of
     *     the group; the message never holds the bytes
     */
    public static PrivateKey of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a private key has 32 bytes, got " + bytes.length);
        }
        if (!Secp256k1.get().secKeyVerify(bytes)) {
            throw new IllegalArgumentException(
                    "a private key must be above zero and below the order of the secp256k1 group");
        }
        // The library answers 0x04 ‖ x ‖ y; BIP-340 keeps x alone.
        return new PrivateKey(bytes.clone(), PublicKey.of(Secp256k1.get().pubkeyCreate(bytes), 1));
    }

    /**
     * The same key with bytes of its own, which lives on when this one is destroyed.
     *
     * @throws IllegalStateException if this key was destroyed
     */
    public PrivateKey copy() {
        return new PrivateKey(toBytes(), publicKey);
    }

    /** The x-only key of BIP-340 that verifies this key's signatures. It stays readable after {@link #destroy()}. */
    public PublicKey publicKey() {
        return publicKey;
    }

    /**
     * A fresh copy of the secret, which the caller should wipe after use.
     *
     * @throws IllegalStateException if the key was destroyed
     */
    public synchronized byte[] toBytes() {
        if (destroyed) {
            throw new IllegalStateException("this private key was destroyed");
        }
        return secret.clone();
    }

    /** Overwrites the secret with zeros. Doing so twice is harmless. */
    @Override
    public synchronized void destroy() {
        Arrays.fill(secret, (byte) 0);
        destroyed = true;
    }

    @Override
    public synchronized boolean isDestroyed() {
        return destroyed;
    }

    /** The same as {@link #destroy()}, for try-with-resources. */
    @Override
    public void close() {
        destroy();
    }

    @Override
    public String toString() {
        return "PrivateKey[hidden]";
    }
}
