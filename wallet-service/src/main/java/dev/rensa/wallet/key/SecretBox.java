package dev.rensa.wallet.key;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Seals secrets with AES-256-GCM (NIST SP 800-38D). Each sealed text is bound to the place it belongs to, so that one row's
 * secret put into another row does not open. Safe for use by several threads.
 *
 * <pre>base64( u8 version = 1 | 12 nonce | ciphertext | 16 tag )</pre>
 */
public final class SecretBox {

    /** Length of the key in bytes. */
    static final int KEY_LENGTH = 32;

    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final byte VERSION = 1;
    private static final int NONCE_LENGTH = 12;
    private static final int TAG_BITS = 128;

    private final Key key;
    private final SecureRandom random;

    /** Copies the key; the caller wipes its own, and destroys this box after use. */
    SecretBox(byte[] key, SecureRandom random) {
        this.key = new Key(key.clone());
        this.random = random;
    }

    /** Seals a secret for the place named, such as {@code wallet/…}. */
    String seal(byte[] secret, String place) {
        byte[] nonce = new byte[NONCE_LENGTH];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, place).doFinal(secret);
            byte[] framed = ByteBuffer.allocate(1 + NONCE_LENGTH + sealed.length)
                    .put(VERSION)
                    .put(nonce)
                    .put(sealed)
                    .array();
            return Base64.getEncoder().encodeToString(framed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK provides AES-256-GCM", e);
        }
    }

    /**
     * Opens what {@link #seal} made for the same place; the caller wipes the answer.
     *
     * @throws VaultException if the key is another, the place is another, or a byte was changed
     */
    byte[] open(String sealed, String place) {
        try {
            ByteBuffer framed = ByteBuffer.wrap(Base64.getDecoder().decode(sealed));
            if (framed.remaining() < 1 + NONCE_LENGTH + TAG_BITS / 8 || framed.get() != VERSION) {
                throw new VaultException("the sealed secret of " + place + " is not of a form that this wallet knows");
            }
            byte[] nonce = new byte[NONCE_LENGTH];
            framed.get(nonce);
            byte[] ciphertext = new byte[framed.remaining()];
            framed.get(ciphertext);
            return cipher(Cipher.DECRYPT_MODE, nonce, place).doFinal(ciphertext);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new VaultException("the sealed secret of " + place
                    + " does not open: the master secret or passphrase is another, or the data was changed");
        }
    }

    /** Wipes the key: from now on nothing is sealed or opened but {@link VaultLockedException} thrown. */
    void destroy() {
        key.destroy();
    }

    @Override
    public String toString() {
        return "SecretBox[hidden]";
    }

    private Cipher cipher(int mode, byte[] nonce, String place) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(("rensa/wallet/" + place).getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    /** An AES key that can be wiped, unlike the JDK's own form of one; what a cipher asks for it wipes itself. */
    private static final class Key implements SecretKey {
        private static final long serialVersionUID = 1L;

        private final transient byte[] bytes;
        private transient boolean destroyed;

        private Key(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public String getAlgorithm() {
            return "AES";
        }

        @Override
        public String getFormat() {
            return "RAW";
        }

        @Override
        public synchronized byte[] getEncoded() {
            if (destroyed) {
                throw new VaultLockedException();
            }
            return bytes.clone();
        }

        @Override
        public synchronized void destroy() {
            Arrays.fill(bytes, (byte) 0);
            destroyed = true;
        }

        @Override
        public synchronized boolean isDestroyed() {
            return destroyed;
        }
    }
}
