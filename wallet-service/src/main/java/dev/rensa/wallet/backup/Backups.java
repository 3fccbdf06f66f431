package dev.rensa.wallet.backup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rensa.wallet.key.DataKey;
import dev.rensa.wallet.key.Vault;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Writes a wallet as one file and reads it back: lines of JSON, gzipped, sealed. The first line tells the version and the
 * data key that the secrets in it are sealed with; then each table's name and columns, and its rows; the last line counts
 * them.
 */
public final class Backups {

    private static final String TABLE = "table";
    private static final String COLUMNS = "columns";
    private static final String VERSION = "version";
    private static final String DATA_KEY = "dataKey";
    private static final String MADE_AT = "madeAtMillis";
    private static final String ROWS = "rows";

    private final Archive archive;
    private final Vault vault;
    private final SecureRandom random;
    private final Clock clock;
    private final ObjectMapper json = new ObjectMapper();

    public Backups(Archive archive, Vault vault, SecureRandom random, Clock clock) {
        this.archive = archive;
        this.vault = vault;
        this.random = random;
        this.clock = clock;
    }

    /**
     * Writes everything, and closes the stream.
     *
     * @throws dev.rensa.wallet.key.VaultLockedException if the vault is locked
     */
    public void write(OutputStream file, String passphrase) throws IOException {
        DataKey dataKey = DataKey.of(vault);
        try (OutputStream chunks = new SealedOutput(new BufferedOutputStream(file), passphrase, random);
                Writer lines = new BufferedWriter(new OutputStreamWriter(
                        new GZIPOutputStream(chunks, BackupCipher.CHUNK), StandardCharsets.UTF_8))) {
            ObjectNode begin = json.createObjectNode();
            begin.put(VERSION, archive.version());
            begin.put(MADE_AT, clock.millis());
            begin.put(DATA_KEY, dataKey.toBase64());
            line(lines, begin);
            Lines rows = new Lines(lines);
            archive.read(rows);
            line(lines, json.createObjectNode().put(ROWS, rows.count));
        } finally {
            dataKey.close();
        }
    }

    /**
     * Opens a backup and looks whether it fits: that takes memory and a second, so it is done before anything is stopped for
     * it.
     *
     * @throws BackupException if it does not open, or does not fit here
     */
    public Opened open(InputStream file, String passphrase) throws IOException {
        BoundedLines lines = lines(file, passphrase);
        try {
            JsonNode begin = parse(lines.next());
            String version = begin.path(VERSION).asText();
            if (!version.equals(archive.version())) {
                throw new BackupException(
                        BackupException.OTHER_VERSION,
                        "the backup was made by a wallet whose tables have version " + version + ", these have "
                                + archive.version() + ": restore it with that version of the wallet, then upgrade");
            }
            return new Opened(lines, DataKey.ofBase64(begin.path(DATA_KEY).asText(), random));
        } catch (ZipException | JsonProcessingException e) {
            lines.close();
            throw unreadable();
        } catch (IOException | RuntimeException e) {
            lines.close();
            throw e;
        }
    }

    private static BoundedLines lines(InputStream file, String passphrase) throws IOException {
        SealedInput chunks = new SealedInput(new BufferedInputStream(file), passphrase);
        try {
            return new BoundedLines(
                    new InputStreamReader(new GZIPInputStream(chunks, BackupCipher.CHUNK), StandardCharsets.UTF_8));
        } catch (ZipException e) {
            throw unreadable();
        }
    }

    /** A backup whose passphrase is right, to be restored once. */
    public final class Opened implements Closeable {

        private final BoundedLines lines;
        private final DataKey former;

        private Opened(BoundedLines lines, DataKey former) {
            this.lines = lines;
            this.former = former;
        }

        /**
         * Takes it in, all or nothing.
         *
         * @param progress called with every row
         * @throws BackupException if the file was changed or cut off, or there is something here already
         * @throws dev.rensa.wallet.key.VaultLockedException if the vault is locked
         */
        public Archive.Restored restore(Runnable progress) throws IOException {
            try {
                return archive.restore(
                        reader -> give(lines, reader, progress),
                        (secret, place) -> former.reseal(secret, place, vault),
                        clock.millis());
            } catch (ZipException | JsonProcessingException e) {
                throw unreadable();
            }
        }

        @Override
        public void close() throws IOException {
            former.close();
            lines.close();
        }
    }

    private void give(BoundedLines lines, Archive.Reader reader, Runnable progress) throws IOException {
        long count = 0;
        while (true) {
            JsonNode line = parse(lines.next());
            if (line.isArray()) {
                reader.row(values(line));
                progress.run();
                count++;
            } else if (line.has(TABLE)) {
                List<String> columns = new ArrayList<>();
                line.path(COLUMNS).forEach(column -> columns.add(column.asText()));
                reader.table(line.path(TABLE).asText(), columns);
            } else if (line.path(ROWS).asLong(-1) == count && lines.next() == null) {
                return;
            } else {
                throw unreadable();
            }
        }
    }

    private JsonNode parse(@Nullable String line) throws IOException {
        if (line == null) {
            throw unreadable();
        }
        return json.readTree(line);
    }

    private static BackupException unreadable() {
        return new BackupException(
                BackupException.DAMAGED, "the backup opens, but what is in it cannot be read: nothing is restored");
    }

    private static List<@Nullable Object> values(JsonNode line) throws BackupException {
        List<@Nullable Object> values = new ArrayList<>(line.size());
        for (JsonNode value : line) {
            if (value.isNull()) {
                values.add(null);
            } else if (value.isTextual()) {
                values.add(value.asText());
            } else if (value.isIntegralNumber() && value.canConvertToLong()) {
                values.add(value.asLong());
            } else {
                throw unreadable();
            }
        }
        return values;
    }

    private void line(Writer lines, JsonNode content) throws IOException {
        lines.write(json.writeValueAsString(content));
        lines.write('\n');
    }

    private final class Lines implements Archive.Reader {
        private final Writer lines;
        private long count;

        private Lines(Writer lines) {
            this.lines = lines;
        }

        @Override
        public void table(String name, List<String> columns) throws IOException {
            ObjectNode table = json.createObjectNode().put(TABLE, name);
            columns.forEach(table.putArray(COLUMNS)::add);
            line(lines, table);
        }

        @Override
        public void row(List<@Nullable Object> values) throws IOException {
            ArrayNode row = json.createArrayNode();
            for (Object value : values) {
                switch (value) {
                    case null -> row.addNull();
                    case String text -> row.add(text);
                    case Number number -> row.add(number.longValue());
                    default -> throw new IllegalStateException("a column holds neither text nor a whole number");
                }
            }
            line(lines, row);
            count++;
        }
    }
}
