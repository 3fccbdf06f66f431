package dev.rensa.wallet.backup;

import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/** Lines of a text, none longer than any row is: a few bytes of a compressed file may stand for as many as one likes. */
final class BoundedLines implements Closeable {

    /** Longest line in characters: several times a row that holds the largest request. */
    static final int MAX_LENGTH = 1024 * 1024;

    private static final int BUFFER = 64 * 1024;

    private final Reader text;
    private final char[] buffer = new char[BUFFER];
    private int taken;
    private int filled;

    BoundedLines(Reader text) {
        this.text = text;
    }

    /**
     * The next line without its end; null when there is none.
     *
     * @throws BackupException if it is too long
     */
    @Nullable
    String next() throws IOException {
        StringBuilder line = new StringBuilder();
        if (!fill()) {
            return null;
        }
        while (fill()) {
            int end = taken;
            while (end < filled && buffer[end] != '\n') {
                end++;
            }
            line.append(buffer, taken, end - taken);
            if (line.length() > MAX_LENGTH) {
                throw new BackupException(
                        BackupException.DAMAGED,
                        "the backup opens, but a row in it is longer than any of a wallet: nothing is restored");
            }
            taken = end;
            if (end < filled) {
                taken++;
                break;
            }
        }
        return line.toString();
    }

    /** Whether there is more to take. */
    private boolean fill() throws IOException {
        if (taken == filled) {
            taken = 0;
            filled = Math.max(0, text.read(buffer));
        }
        return filled > 0;
    }

    @Override
    public void close() throws IOException {
        text.close();
    }
}
