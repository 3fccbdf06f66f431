package dev.rensa.node.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rensa.node.chain.Column;
import dev.rensa.node.chain.StorageBatch;
import dev.rensa.node.chain.StorageException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that fills up, refuses, loses or alters what was written: a sentence that says so, and nothing confirmed is lost. */
class StoreFaultTest {
    private static final int VALUE_BYTES = 1_000;

    @TempDir
    private Path directory;

    @Test
    void shouldLoseNothingConfirmedWhenTheDiskIsFull() throws Exception {
        try (TemporaryDisk disk = TemporaryDisk.ofMebibytes(8, directory.resolve("full"))) {
            Path home = disk.path().resolve("chain");
            int[] confirmed = {0};

            try (RocksStorage storage = RocksStorage.open(home)) {
                assertThatThrownBy(() -> {
                            while (confirmed[0] < 100_000) {
                                write(storage, confirmed[0]);
                                storage.sync();
                                confirmed[0]++;
                            }
                        })
                        .isInstanceOf(StorageException.class)
                        .hasMessageContaining("the disk is full. Make room and start the node again");
                assertThat(confirmed[0]).isGreaterThan(1_000);
            }
            disk.resize(64);
            try (RocksStorage storage = RocksStorage.open(home)) {
                assertHolds(storage, confirmed[0]);
                write(storage, confirmed[0]);
                storage.sync();
                assertHolds(storage, confirmed[0] + 1);
            }
        }
    }

    @Test
    void shouldSayThatTheDiskIsReadOnly() throws Exception {
        try (TemporaryDisk disk = TemporaryDisk.ofMebibytes(8, directory.resolve("read-only"))) {
            Path home = disk.path().resolve("chain");
            writeAndClose(home, 10);

            disk.makeReadOnly();
            assertThatThrownBy(() -> RocksStorage.open(home))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("it may not be written")
                    .hasMessageContaining("Read-only file system")
                    .hasMessageNotContaining("another node");
            assertThatThrownBy(() -> RocksStorage.open(disk.path().resolve("new")))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("it may not be written");

            disk.makeWritable();
            try (RocksStorage storage = RocksStorage.open(home)) {
                assertHolds(storage, 10);
            }
        }
    }

    @Test
    void shouldGoOnBeforeATornTailOfItsLog() throws IOException {
        try (RocksStorage storage = RocksStorage.open(directory)) {
            write(storage, 0);
            storage.sync();
            write(storage, 1);
        }
        Path log = largest(".log");

        truncate(log, Files.size(log) - 7);

        try (RocksStorage storage = RocksStorage.open(directory)) {
            assertHolds(storage, 1);
            assertThat(storage.get(Column.META, key(1))).isNull();
        }
    }

    @Test
    void shouldNoticeConfirmedChangesThatItsLogHasLost() throws IOException {
        writeAndClose(directory, 100);

        flip(largest(".log"), 0.3);

        assertThatThrownBy(() -> RocksStorage.open(directory))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("100 changes were confirmed on the disk")
                .hasMessageContaining("catch up from its peers");
    }

    @Test
    void shouldGoOnWithWhatIsLeftWhereItsOperatorSaysSo() throws IOException {
        writeAndClose(directory, 100);
        flip(largest(".log"), 0.3);
        assertThatThrownBy(() -> RocksStorage.open(directory)).isInstanceOf(StorageException.class);

        Files.delete(directory.resolve("synced"));

        try (RocksStorage storage = RocksStorage.open(directory)) {
            assertHolds(storage, 10);
            assertThat(storage.get(Column.META, key(99))).isNull();
        }
    }

    @Test
    void shouldNoticeThatItsLogIsGone() throws IOException {
        writeAndClose(directory, 100);

        Files.delete(largest(".log"));

        assertRefusesToOpen("100 changes were confirmed on the disk");
    }

    @Test
    void shouldRefuseATableThatIsCutShort() throws IOException {
        writeTables(100);
        Path table = largest(".sst");

        truncate(table, Files.size(table) / 2);

        assertRefusesToOpen("it is damaged");
    }

    @Test
    void shouldRefuseATableThatIsMissing() throws IOException {
        writeTables(100);

        Files.delete(largest(".sst"));

        assertRefusesToOpen("it is damaged");
    }

    @Test
    void shouldNotHandOutWhatATableNoLongerHoldsAsWritten() throws IOException {
        writeTables(2_000);

        flip(largest(".sst"), 0.3);

        try (RocksStorage storage = RocksStorage.open(directory)) {
            assertThatThrownBy(() -> assertHolds(storage, 2_000))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("it is damaged");
            assertThatThrownBy(storage::checkFiles)
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("it is damaged");
        }
    }

    @Test
    void shouldNotHandOutABodyThatIsNoLongerAsWritten() throws IOException {
        try (RocksStorage storage = RocksStorage.open(directory)) {
            storage.commit(new StorageBatch().put(Column.BODIES, key(1), value(1, 100_000)));
            storage.sync();
        }
        RocksStorage.open(directory).close();

        flip(largest(".blob"), 0.5);

        try (RocksStorage storage = RocksStorage.open(directory)) {
            assertThatThrownBy(() -> storage.get(Column.BODIES, key(1)))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("it is damaged");
        }
    }

    @Test
    void shouldNotBeginAnewWhereItsFilesAreGone() throws IOException {
        writeTables(100);

        Files.delete(directory.resolve("ledger/CURRENT"));

        assertRefusesToOpen("it is damaged");
        assertThat(largest(".sst")).as("nothing is deleted").exists();
    }

    @Test
    void shouldBeginAnewWhereNothingWasConfirmedBeforeItsFilesWereGone() throws IOException {
        try (RocksStorage storage = RocksStorage.open(directory)) {
            write(storage, 0);
        }
        deleteFiles();

        try (RocksStorage storage = RocksStorage.open(directory)) {
            assertThat(storage.get(Column.META, key(0))).isNull();
            write(storage, 1);
            storage.sync();
        }

        deleteFiles();
        assertRefusesToOpen("it is damaged");
    }

    @Test
    void shouldRefuseAManifestThatIsCutShort() throws IOException {
        writeTables(100);
        Path manifest = manifest();

        truncate(manifest, Files.size(manifest) / 2);

        assertThatThrownBy(() -> RocksStorage.open(directory)).isInstanceOf(StorageException.class);
    }

    @Test
    void shouldTakeNoWordFromATornMark() throws IOException {
        writeAndClose(directory, 3);

        truncate(directory.resolve("synced"), 5);

        try (RocksStorage storage = RocksStorage.open(directory)) {
            assertHolds(storage, 3);
        }
    }

    private void assertRefusesToOpen(String sentence) {
        assertThatThrownBy(() -> RocksStorage.open(directory))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining(sentence);
        assertThatThrownBy(() -> RocksStorage.open(directory))
                .as("and again, having let go of the lock")
                .hasMessageContaining(sentence);
    }

    private static void writeAndClose(Path home, int count) {
        try (RocksStorage storage = RocksStorage.open(home)) {
            for (int i = 0; i < count; i++) {
                write(storage, i);
            }
            storage.sync();
        }
    }

    /** Opening a store turns its log into tables. */
    private void writeTables(int count) {
        writeAndClose(directory, count);
        RocksStorage.open(directory).close();
    }

    private static void write(RocksStorage storage, int number) {
        storage.commit(new StorageBatch().put(Column.META, key(number), value(number, VALUE_BYTES)));
    }

    private static void assertHolds(RocksStorage storage, int count) {
        for (int i = 0; i < count; i++) {
            assertThat(storage.get(Column.META, key(i))).isEqualTo(value(i, VALUE_BYTES));
        }
    }

    private static byte[] key(int number) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
    }

    private static byte[] value(int number, int length) {
        byte[] value = new byte[length];
        new Random(number).nextBytes(value);
        return value;
    }

    /** The largest file of a kind, which holds what was written; others are almost empty. */
    private Path largest(String suffix) throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("ledger"))) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .max(Comparator.comparingLong(file -> file.toFile().length()))
                    .orElseThrow();
        }
    }

    private void deleteFiles() throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("ledger"))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private Path manifest() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("ledger"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("MANIFEST"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void truncate(Path file, long length) throws IOException {
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
            access.setLength(length);
        }
    }

    private static void flip(Path file, double where) throws IOException {
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
            long at = (long) (access.length() * where);
            access.seek(at);
            int before = access.read();
            access.seek(at);
            access.write(before ^ 0x10);
        }
    }
}
