package dev.rensa.wallet.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.security.SecureRandom;

/** Writes a backup's bytes sealed; {@link #close()} writes the last chunk, without which nothing of it can be restored. */
final class SealedOutput extends OutputStream {

    private final OutputStream file;
    private final BackupCipher cipher;
    private final byte[] chunk = new byte[BackupCipher.CHUNK];
    private int filled;
    private boolean closed;

    SealedOutput(OutputStream file, String passphrase, SecureRandom random) throws IOException {
        this(file, passphrase, random, BackupCipher.MEMORY_KIB);
    }

    SealedOutput(OutputStream file, String passphrase, SecureRandom random, int memoryKib) throws IOException {
        this.file = file;
        this.cipher = BackupCipher.fresh(passphrase, random, memoryKib);
        file.write(cipher.header());
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        int done = 0;
        while (done < length) {
            if (filled == chunk.length) {
                file.write(cipher.seal(chunk, filled, false));
                filled = 0;
            }
            int part = Math.min(length - done, chunk.length - filled);
            System.arraycopy(bytes, from + done, chunk, filled, part);
            filled += part;
            done += part;
        }
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            file.write(cipher.seal(chunk, filled, true));
            file.close();
        }
    }
}
