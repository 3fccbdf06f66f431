package dev.rensa.node.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rensa.node.chain.ChainStorage;
import dev.rensa.node.chain.Column;
import dev.rensa.node.chain.StorageBatch;
import dev.rensa.node.chain.StorageContract;
import dev.rensa.node.chain.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RocksStorageTest extends StorageContract {
    private static final byte[] KEY = {1};

    @TempDir
    private Path directory;

    @Override
    protected ChainStorage open() {
        return RocksStorage.open(directory.resolve("contract"));
    }

    @Test
    void shouldHoldWhatWasCommittedWhenItIsOpenedAgain() {
        Path home = directory.resolve("again");
        byte[] large = new byte[100_000];
        try (RocksStorage storage = RocksStorage.open(home)) {
            storage.commit(new StorageBatch().put(Column.BODIES, KEY, large).put(Column.META, KEY, KEY));
            storage.sync();
        }

        try (RocksStorage storage = RocksStorage.open(home, false)) {
            assertThat(storage.get(Column.BODIES, KEY)).isEqualTo(large);
            assertThat(storage.getAll(Column.META, List.of(KEY))).containsExactly(KEY);
        }
    }

    @Test
    void shouldKeepASnapshotWhileTheWriterGoesOn() {
        try (RocksStorage storage = RocksStorage.open(directory.resolve("snapshot"))) {
            storage.commit(new StorageBatch().put(Column.META, KEY, new byte[] {1}));

            byte[] seen = storage.read(reader -> {
                storage.commit(new StorageBatch().put(Column.META, KEY, new byte[] {2}));
                return reader.get(Column.META, KEY);
            });

            assertThat(seen).containsExactly(1);
            assertThat(storage.get(Column.META, KEY)).containsExactly(2);
        }
    }

    @Test
    void shouldSayThatAnotherNodeHasTheDirectory() {
        Path home = directory.resolve("shared");
        try (RocksStorage first = RocksStorage.open(home)) {
            assertThatThrownBy(() -> RocksStorage.open(home))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("another node is running on it");
            assertThat(first.get(Column.META, KEY)).isNull();
        }
    }

    @Test
    void shouldRefuseADirectoryOfANewerFormat() throws IOException {
        Path home = directory.resolve("newer");
        RocksStorage.open(home).close();
        Files.writeString(home.resolve("format-version"), "3\n");

        assertThatThrownBy(() -> RocksStorage.open(home))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("format 3")
                .hasMessageContaining("newer version");
    }

    @Test
    void shouldRefuseADirectoryOfAnOlderFormat() throws IOException {
        Path home = directory.resolve("older");
        RocksStorage.open(home).close();
        Files.writeString(home.resolve("format-version"), "1\n");

        assertThatThrownBy(() -> RocksStorage.open(home))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("format 1")
                .hasMessageContaining("catch up from its peers");
    }

    @Test
    void shouldRefuseADirectoryThatIsNotItsOwn() throws IOException {
        Files.writeString(directory.resolve("format-version"), "a diary");

        assertThatThrownBy(() -> RocksStorage.open(directory))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("no valid format-version");
    }

    @Test
    void shouldRefuseAPathThatIsAFile() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");

        assertThatThrownBy(() -> RocksStorage.open(file))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("cannot be used");
    }

    @Test
    void shouldSayThatItIsDamaged() throws IOException {
        Path home = directory.resolve("damaged");
        RocksStorage.open(home).close();
        try (Stream<Path> files = Files.list(home.resolve("ledger"))) {
            for (Path file : files.filter(f -> f.getFileName().toString().startsWith("MANIFEST"))
                    .toList()) {
                Files.write(file, new byte[] {1, 2, 3});
            }
        }

        assertThatThrownBy(() -> RocksStorage.open(home))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("cannot be opened");
    }

    @Test
    void shouldRefuseToWorkOnceItIsClosed() {
        RocksStorage storage = RocksStorage.open(directory.resolve("closed"));
        storage.close();
        storage.close();

        assertThatThrownBy(() -> storage.get(Column.META, KEY))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("closed");
    }
}
