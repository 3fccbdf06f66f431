package dev.rensa.wallet.backup;

import dev.rensa.wallet.key.MasterSecret;
import dev.rensa.wallet.key.VaultRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals a backup's chunks with AES-256-GCM under a key that Argon2id makes of a passphrase and a salt of the file's own.
 *
 * <pre>
 * 8 magic "RENSAWB1" | 32 salt | u32 memory in KiB | u32 passes | 16 tag over all before
 * chunk: AES-256-GCM of 65,536 bytes, the last one of fewer, each with a tag of 16 bytes
 * nonce: u88 number of the chunk from 0 | u8 1 for the last chunk, 2 for the header's tag, else 0
 * </pre>
 *
 * <p>The header is each chunk's associated data, and the last chunk is marked (the construction STREAM of Hoang, Reyhanitabar,
 * Rogaway and Vizár): no chunk can be changed, moved, left out or put behind the last unnoticed.
 */
final class BackupCipher {

    /** Plain bytes of a chunk. */
    static final int CHUNK = 65_536;

    /** Bytes that a chunk grows by. */
    static final int TAG = 16;

    /** Bytes before the first chunk. */
    static final int HEADER = 8 + 32 + 4 + 4 + TAG;

    private static final byte[] MAGIC = "RENSAWB1".getBytes(StandardCharsets.US_ASCII);
    private static final int SALT = 32;
    private static final int BITS_PER_BYTE = 8;
    private static final int NONCE = 12;
    private static final byte MIDDLE = 0;
    private static final byte LAST = 1;
    private static final byte OF_HEADER = 2;

    /** RFC 9106's second recommendation, as the vault uses it. */
    static final int MEMORY_KIB = 64 * 1024;

    private static final int PASSES = 3;

    /** What a file may ask for, four times what is written: a hostile one must not take all memory of a small pod. */
    private static final int MAX_MEMORY_KIB = 4 * MEMORY_KIB;

    private static final int MIN_MEMORY_KIB = 8;
    private static final int MAX_PASSES = 4;

    private final SecretKeySpec key;
    private final byte[] header;
    private long number;

    private BackupCipher(byte[] parameters, String passphrase) {
        ByteBuffer read = ByteBuffer.wrap(parameters, MAGIC.length, SALT + 8);
        byte[] salt = new byte[SALT];
        read.get(salt);
        byte[] derived = MasterSecret.ofPassphrase(passphrase)
                .deriveKey(new VaultRecord(
                        MasterSecret.Passphrase.SOURCE,
                        HexFormat.of().formatHex(salt),
                        read.getInt(),
                        read.getInt(),
                        ""));
        this.key = new SecretKeySpec(derived, "AES");
        Arrays.fill(derived, (byte) 0);
        this.header = parameters;
    }

    /**
     * For a new file.
     *
     * @param memoryKib Argon2id's memory
     */
    static BackupCipher fresh(String passphrase, SecureRandom random, int memoryKib) {
        byte[] salt = new byte[SALT];
        random.nextBytes(salt);
        return new BackupCipher(
                ByteBuffer.allocate(HEADER - TAG)
                        .put(MAGIC)
                        .put(salt)
                        .putInt(memoryKib)
                        .putInt(PASSES)
                        .array(),
                passphrase);
    }

    /**
     * For a file that begins with these bytes.
     *
     * @throws BackupException if it is no backup, or the passphrase is another
     */
    static BackupCipher of(byte[] begin, String passphrase) throws BackupException {
        if (begin.length != HEADER || !Arrays.equals(begin, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new BackupException(
                    BackupException.DAMAGED, "the file is not a backup of a wallet: it does not begin as one");
        }
        ByteBuffer parameters = ByteBuffer.wrap(begin, MAGIC.length + SALT, 8);
        int memory = parameters.getInt();
        int passes = parameters.getInt();
        if (memory < MIN_MEMORY_KIB || memory > MAX_MEMORY_KIB || passes < 1 || passes > MAX_PASSES) {
            throw new BackupException(BackupException.DAMAGED, "the file's beginning was changed: nothing is restored");
        }
        BackupCipher cipher = new BackupCipher(Arrays.copyOf(begin, HEADER - TAG), passphrase);
        try {
            cipher.run(Cipher.DECRYPT_MODE, OF_HEADER, begin, HEADER - TAG, TAG);
        } catch (GeneralSecurityException e) {
            throw new BackupException(
                    BackupException.WRONG_PASSPHRASE,
                    "the passphrase is not the one that this backup was made with, or the file's beginning was changed");
        }
        return cipher;
    }

    /** What the file begins with. */
    byte[] header() {
        byte[] tag = sealed(OF_HEADER, new byte[0], 0);
        byte[] all = Arrays.copyOf(header, HEADER);
        System.arraycopy(tag, 0, all, HEADER - TAG, TAG);
        return all;
    }

    /** Seals the next chunk. */
    byte[] seal(byte[] plain, int length, boolean last) {
        byte[] sealed = sealed(last ? LAST : MIDDLE, plain, length);
        number++;
        return sealed;
    }

    /**
     * Opens the next chunk.
     *
     * @throws BackupException if it is not the chunk that was written here
     */
    byte[] open(byte[] sealed, int length, boolean last) throws BackupException {
        try {
            byte[] plain = run(Cipher.DECRYPT_MODE, last ? LAST : MIDDLE, sealed, 0, length);
            number++;
            return plain;
        } catch (GeneralSecurityException e) {
            throw new BackupException(
                    BackupException.DAMAGED,
                    "the file was changed or cut off behind chunk " + number
                            + ": nothing is restored; take another copy of it");
        }
    }

    private byte[] sealed(byte kind, byte[] plain, int length) {
        try {
            return run(Cipher.ENCRYPT_MODE, kind, plain, 0, length);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK provides AES-256-GCM", e);
        }
    }

    private byte[] run(int mode, byte kind, byte[] input, int from, int length) throws GeneralSecurityException {
        byte[] nonce =
                ByteBuffer.allocate(NONCE).position(3).putLong(number).put(kind).array();
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG * BITS_PER_BYTE, nonce));
        cipher.updateAAD(header);
        return cipher.doFinal(input, from, length);
    }
}
