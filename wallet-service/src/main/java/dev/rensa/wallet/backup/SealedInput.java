package dev.rensa.wallet.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;

/** Reads what {@link SealedOutput} wrote; it ends only behind the chunk that was the last, else it throws. */
final class SealedInput extends InputStream {

    private final PushbackInputStream file;
    private final BackupCipher cipher;
    private byte[] chunk = new byte[0];
    private int taken;
    private boolean last;

    SealedInput(InputStream file, String passphrase) throws IOException {
        this.file = new PushbackInputStream(file);
        this.cipher = BackupCipher.of(this.file.readNBytes(BackupCipher.HEADER), passphrase);
    }

    @Override
    public int read() throws IOException {
        return isAtEnd() ? -1 : chunk[taken++] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (isAtEnd()) {
            return -1;
        }
        int part = Math.min(length, chunk.length - taken);
        System.arraycopy(chunk, taken, into, from, part);
        taken += part;
        return part;
    }

    private boolean isAtEnd() throws IOException {
        while (taken == chunk.length && !last) {
            byte[] sealed = file.readNBytes(BackupCipher.CHUNK + BackupCipher.TAG);
            int next = file.read();
            last = next < 0;
            if (!last) {
                file.unread(next);
            }
            chunk = cipher.open(sealed, sealed.length, last);
            taken = 0;
        }
        return taken == chunk.length;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
